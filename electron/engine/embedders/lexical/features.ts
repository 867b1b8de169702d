/** Letters, digits and the marks on them; everything else separates words. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Scripts written without spaces: what stands between spaces is a sentence, so only its pieces count. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

const WORD_WEIGHT = 1
const PAIR_WEIGHT = 0.5
/** All pieces of a word together weigh about as much as the word. */
const PIECES_WEIGHT = 1

/** Words of a text as they are compared: compatibility forms unified, lower case, Latin, Greek and Cyrillic accents left out. */
export function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
  return folded.match(WORD) ?? []
}

/**
 * What a text is made of, with weights: its words, pairs of neighbouring words, and pieces of three to five characters
 * of each word (one to three in scripts without spaces), so that forms and misspellings of a word share most of theirs.
 */
export function countFeatures(text: string): ReadonlyMap<string, { readonly weight: number; readonly count: number }> {
  const features = new Map<string, { weight: number; count: number }>()
  const add = (feature: string, weight: number): void => {
    const known = features.get(feature)
    if (known === undefined) features.set(feature, { weight, count: 1 })
    else known.count++
  }
  let before: string | undefined
  for (const word of wordsOf(text)) {
    const pieces = piecesOf(word)
    if (UNSPACED.test(word)) {
      for (const piece of pieces) add(`c ${piece}`, WORD_WEIGHT)
      before = undefined
      continue
    }
    add(`w ${word}`, WORD_WEIGHT)
    if (before !== undefined) add(`p ${before} ${word}`, PAIR_WEIGHT)
    for (const piece of pieces) add(`c ${piece}`, PIECES_WEIGHT / Math.sqrt(pieces.length))
    before = word
  }
  return features
}

/** Longer "words" are encoded data rather than language; their beginning is enough. */
const WORD_MAX = 64

function piecesOf(word: string): readonly string[] {
  const isUnspaced = UNSPACED.test(word)
  const [shortest, longest] = isUnspaced ? [1, 3] : [3, 5]
  const characters = isUnspaced ? [...word] : ['<', ...[...word].slice(0, WORD_MAX), '>']
  const pieces: string[] = []
  for (let length = shortest; length <= longest; length++) {
    for (let start = 0; start + length <= characters.length; start++) {
      pieces.push(characters.slice(start, start + length).join(''))
    }
  }
  return pieces
}
