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
 * else anywhere but inside a surrogate pair. A single cluster may be longer where clusters are kept.
 */
export function* spansOf(
  text: string,
  { start, end }: Range,
  length: number,
  keepsClusters: boolean,
): Generator<Range> {
  let at = skipSpace(text, start, end)
  while (at < end) {
    const limit = at + length
    const cut = limit >= end ? end : (spaceBefore(text, at, limit) ?? cutAt(text, at, limit, end, keepsClusters))
    const range = trimRange(text, at, cut)
    if (range !== undefined) yield range
    at = skipSpace(text, cut, end)
  }
}

/** Where to cut at or before `limit`, after `start`: at a word's beginning if there is one, else a grapheme cluster's. */
function cutAt(text: string, start: number, limit: number, end: number, keepsClusters = false): number {
  if (limit >= end) return end
  if (text.charCodeAt(limit) < 0x80 && text.charCodeAt(limit - 1) < 0x80) return asciiCutAt(text, start, limit)
  const from = Math.max(start, limit - LOOK_AROUND)
  const window = text.slice(from, Math.min(end, limit + LOOK_AROUND))
  for (const segmenter of [words, graphemes]) {
    const found = segmenter.segment(window).containing(limit - from)
    if (found === undefined) break
    // A segment that fills the window to its left began before it.
    if (found.index > 0) return from + found.index
    const isWhole = from === start && found.segment.length < window.length
    if (segmenter === graphemes && keepsClusters && isWhole) return from + found.segment.length
  }
  const isInsidePair = (text.charCodeAt(limit) & 0xfc00) === 0xdc00 && (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800
  if (!isInsidePair) return limit
  return limit - 1 > start ? limit - 1 : limit + 1
}

/** Behind the last letter or digit that another kind of character follows, else at the limit. */
function asciiCutAt(text: string, start: number, limit: number): number {
  for (let at = limit; at > start + 1 && at > limit - LOOK_AROUND; at--) {
    if (!isAlphanumeric(text.charCodeAt(at - 1)) || !isAlphanumeric(text.charCodeAt(at))) return at
  }
  return limit
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122) || code >= 0x80
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

/** The range without white space at its end; undefined when nothing is left. */
export function trimRangeEnd(text: string, { start, end }: Range): Range | undefined {
  const trimmed = trimRange(text, start, end)
  return trimmed === undefined ? undefined : { start, end: trimmed.end }
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
