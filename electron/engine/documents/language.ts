const SAMPLE_LENGTH = 3000
const MIN_LETTERS = 50

/** ISO 639-1 of the language a text is written in; null when too little of it, or not clearly one. */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = sampleOf(text)
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return null
  const { eld } = await import('eld/medium')
  const found = eld.detect(sample)
  return found.language === '' || !found.isReliable() ? null : found.language
}

/** From the beginning, the middle and the end: a title page or a licence must not decide. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE_LENGTH * 3) return text
  const middle = text.length >> 1
  return [text.slice(0, SAMPLE_LENGTH), text.slice(middle, middle + SAMPLE_LENGTH), text.slice(-SAMPLE_LENGTH)].join(
    '\n',
  )
}
