import type { IndexSettings } from '../../format/index-details.ts'

/** A word of a text before filters, with its place. Offsets are UTF-16 positions. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Letters and digits as Rust's `char::is_alphanumeric` has them. */
const ALPHANUMERIC = /[\p{Alphabetic}\p{N}]+/gu
const NOT_SPACE = /[^\t\n\f\r ]+/g

/** The words Lance's own tokenizers cut a text into; undefined for those that need a model or tables of Lance's. */
export function splitWords(text: string, settings: IndexSettings): readonly Word[] | undefined {
  switch (settings['baseTokenizer']) {
    case 'simple':
      return [...text.matchAll(ALPHANUMERIC)].map(toWord)
    case 'whitespace':
      return [...text.matchAll(NOT_SPACE)].map(toWord)
    case 'raw':
      return text === '' ? [] : [{ text, start: 0, end: text.length }]
    case 'ngram':
      return [...grams(text, settings)]
    default:
      return undefined
  }
}

function toWord({ 0: text, index }: RegExpExecArray): Word {
  return { text, start: index, end: index + text.length }
}

/** Every run of characters within the lengths, spaces too, in the order Lance makes them. */
function* grams(text: string, settings: IndexSettings): Generator<Word> {
  const [shortest, longest] = [Number(settings['ngramMinLength'] ?? 3), Number(settings['ngramMaxLength'] ?? 3)]
  const bounds = [0]
  for (const character of text) bounds.push((bounds.at(-1) ?? 0) + character.length)
  const last = bounds.length - 1
  for (let from = 0; from < last && (from === 0 || settings['prefixOnly'] !== true); from++) {
    for (let to = from + shortest; to <= Math.min(from + longest, last); to++) {
      const [start, end] = [bounds[from] ?? 0, bounds[to] ?? 0]
      yield { text: text.slice(start, end), start, end }
    }
  }
}

/** Places of words Lance cut a text into, one after the other; undefined where one is not there as it was given. */
export function placeWords(text: string, words: readonly string[]): readonly Word[] | undefined {
  const placed: Word[] = []
  let from = 0
  for (const word of words) {
    const start = text.indexOf(word, from)
    if (word === '' || start < 0) return undefined
    from = start + word.length
    placed.push({ text: word, start, end: from })
  }
  return placed
}
