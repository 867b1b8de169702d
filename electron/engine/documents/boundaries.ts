import { linesOf } from './plain-text.ts'

/** UTF-16 offsets, `end` exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

const SENTENCE_WINDOW = 16_384
/** Characters around a cut that decide where a word or a grapheme cluster begins. */
const LOOK_AROUND = 64

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Sentences of a stretch of prose, without the white space around them. Linear: it is looked at in windows. */
export function* sentencesOf(text: string, { start, end }: Range): Generator<Range> {
  let at = start
  while (at < end) {
    const windowEnd = cutAt(text, at, Math.min(at + SENTENCE_WINDOW, end), end)
    // A line break ends a sentence for Unicode; in documents it ends a line.
    const window = text.slice(at, windowEnd).replaceAll(/[\r\n\u2028\u2029\u0085]/g, ' ')
    let consumed = 0
    for (const { index, segment } of sentences.segment(window)) {
      const next = index + segment.length
      // The last one may go on behind the window.
      if (next === window.length && windowEnd < end && index > 0) break
      const range = trimRange(text, at + index, at + next)
      if (range !== undefined) yield range
      consumed = next
    }
    at += consumed
  }
}

/** Lines of a stretch of a list, table or code that are not empty. Indents belong to them. */
export function* lineRangesOf(text: string, { start, end }: Range): Generator<Range> {
  for (const line of linesOf(text, start, end)) if (!line.isBlank) yield { start: line.start, end: line.end }
}

/**
 * Short pieces of a stretch of text, of at most `length` characters: ended between words, else between grapheme clusters,
 * else anywhere but inside a surrogate pair.
 */
export function* spansOf(text: string, { start, end }: Range, length: number): Generator<Range> {
  let at = skipSpace(text, start, end)
  while (at < end) {
    const limit = at + length
    const cut = limit >= end ? end : (spaceBefore(text, at, limit) ?? cutAt(text, at, limit, end))
    const range = trimRange(text, at, cut)
    if (range !== undefined) yield range
    at = skipSpace(text, cut, end)
  }
}

/** Where to cut at or before `limit`, after `start`: at a word's beginning if there is one, else a grapheme cluster's. */
function cutAt(text: string, start: number, limit: number, end: number): number {
  if (limit >= end) return end
  const from = Math.max(start, limit - LOOK_AROUND)
  const window = text.slice(from, Math.min(end, limit + LOOK_AROUND))
  for (const segmenter of [words, graphemes]) {
    const index = segmenter.segment(window).containing(limit - from)?.index
    // A segment that fills the window to its left began before it.
    if (index !== undefined && index > 0) return from + index
  }
  const isInsidePair = (text.charCodeAt(limit) & 0xfc00) === 0xdc00 && (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800
  if (!isInsidePair) return limit
  return limit - 1 > start ? limit - 1 : limit + 1
}

/** Behind the last white space between `start` and `limit`; undefined when there is none. */
function spaceBefore(text: string, start: number, limit: number): number | undefined {
  for (let at = limit; at > start; at--) if (isSpace(text.charCodeAt(at))) return at
  return undefined
}

function skipSpace(text: string, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(text.charCodeAt(at))) at++
  return at
}

/** The range without white space at its ends; undefined when nothing is left. */
export function trimRange(text: string, start: number, end: number): Range | undefined {
  const from = skipSpace(text, start, end)
  let to = end
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--
  return to > from ? { start: from, end: to } : undefined
}

/** White space as regular expressions know it. */
function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}
