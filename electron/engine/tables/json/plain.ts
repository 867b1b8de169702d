import type { Cells } from '../bytes/cells.ts'
import { firstMark, marksBelow, marksOf, repeated } from '../bytes/words.ts'
import { isAt, type Keys } from './keys.ts'
import { skipScalar } from './scan.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const QUOTES = repeated(QUOTE)
const BACKSLASHES = repeated(92)
const BEHIND_CONTROLS = repeated(32)
const OPENING_BRACE = 123
const CLOSING_BRACE = 125
const COMMA = 44
const N = 110

/** Where a text that begins behind a quote has its closing one; -1 where something else has to be looked at before. */
export function plainTextEnd(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  for (let at = start; at < end; at += 4) {
    const word = view.getInt32(at, true)
    const marks = marksOf(word, QUOTES) | marksOf(word, BACKSLASHES) | marksBelow(word, BEHIND_CONTROLS)
    if (marks === 0) continue
    at += firstMark(marks)
    return at < end && bytes[at] === QUOTE ? at : -1
  }
  return -1
}

/**
 * Splits at most `limit` records off that are as the one before: the same keys in the same order and form, no lists and no
 * objects, no escapes, no space but in the form of the keys, one line each. Stops before any other and returns how many it
 * took.
 */
export function splitPlainRecords(cells: Cells, { sequence }: Keys, line: number, limit: number): number {
  const { block } = cells
  const { bytes, view, end: blockEnd } = block
  const last = sequence.length - 1
  if (last < 0) return 0
  for (let rows = 0; ; rows++) {
    const rowStart = block.start
    if (rows === limit || rowStart >= blockEnd || bytes[rowStart] !== OPENING_BRACE) return rows
    const at = cells.begin()
    const { starts, ends } = cells
    let pos = rowStart + 1
    for (let index = 0; index <= last; index++) {
      const { written, column, isRaw } = sequence[index] as (typeof sequence)[number]
      if (!isAt(view, pos, blockEnd, written)) return rows
      const start = pos + written.length
      if (start >= blockEnd) return rows
      const first = bytes[start]
      const quotes = first === QUOTE && !isRaw ? 1 : 0
      pos = first === QUOTE ? plainTextEnd(bytes, view, start + 1, blockEnd) + 1 : skipScalar(bytes, start, blockEnd)
      if (pos <= 0 || pos >= blockEnd || bytes[pos] !== (index === last ? CLOSING_BRACE : COMMA)) return rows
      if (column !== undefined) {
        starts[at + column] = first === N ? -1 : start + quotes
        ends[at + column] = pos - quotes
      }
      pos++
    }
    const rowEnd = pos
    if (bytes[pos] === CR) pos++
    if (pos >= blockEnd || bytes[pos] !== LF) return rows
    cells.finish(line + rows, rowStart, rowEnd)
    block.start = pos + 1
  }
}
