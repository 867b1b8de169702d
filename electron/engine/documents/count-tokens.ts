/** Longest run without a break that is handed to the tokenizer: its time grows with the square of a run. */
const MAX_RUN = 64
/** Words whose tokens are kept: texts repeat themselves, and looking up is ten times faster than counting. */
const MAX_KEPT = 100_000

export type CountTokens = (text: string) => number

let counter: Promise<CountTokens> | undefined

/** Counts tokens of cl100k_base. Linear in any text; longer runs without white space come out a few tokens too high. */
export function loadTokenCounter(): Promise<CountTokens> {
  return (counter ??= load())
}

async function load(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base')
  // Names of special tokens in a text are text.
  const options = { disallowedSpecial: new Set<string>() }
  const kept = new Map<string, number>()
  return (text) => {
    let tokens = 0
    for (let start = 0; start < text.length;) {
      const end = endOfWord(text, start)
      const word = text.slice(start, end)
      let count = kept.get(word)
      if (count === undefined) {
        count = countTokens(word, options)
        if (kept.size >= MAX_KEPT) kept.clear()
        kept.set(word, count)
      }
      tokens += count
      start = end
    }
    return tokens
  }
}

/**
 * End of the word at `start` with one space before it, or of the white space there. No token of cl100k_base reaches over such
 * an end, so that the words' tokens are the text's.
 */
function endOfWord(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_RUN)
  let at = start
  if (isSpace(text.charCodeAt(at))) {
    while (at < limit && isSpace(text.charCodeAt(at))) at++
    // The last space of several belongs to the word behind it.
    if (at < limit && at - start > 1 && text.charCodeAt(at - 1) === 32) return at - 1
    if (at - start > 1 || text.charCodeAt(start) !== 32) return at
  }
  while (at < limit && !isSpace(text.charCodeAt(at))) at++
  const isInsidePair = at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && at - 1 > start
  return isInsidePair ? at - 1 : at
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
