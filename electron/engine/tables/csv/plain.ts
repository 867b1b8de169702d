import type { Cells } from '../bytes/cells.ts'
import { firstMark, marksBelow, marksOf, repeated } from '../bytes/words.ts'
import type { CsvMarks } from './split.ts'

const LF = 10
const CR = 13
/** Line ends are below, and hardly anything else is. */
const BEHIND_LINE_ENDS = repeated(CR + 1)

/** The next byte that is the one repeated in `mark` or below 14, as line ends are; `end` when there is none. */
export function toMark(view: DataView, start: number, end: number, mark: number): number {
  for (let pos = start; pos < end; pos += 4) {
    const word = view.getInt32(pos, true)
    const marks = marksOf(word, mark) | marksBelow(word, BEHIND_LINE_ENDS)
    if (marks !== 0) return Math.min(end, pos + firstMark(marks))
  }
  return end
}

/**
 * Splits at most `limit` rows off that are as nearly all are: as many values as there are columns, quotes around whole
 * values only and none in them, one line each. Stops before any other row and before comments, and returns how many it
 * took.
 */
export function splitPlainRows(cells: Cells, marks: CsvMarks, line: number, limit: number): number {
  const { block, stride } = cells
  const { bytes, view, end: blockEnd } = block
  const { delimiter, quote, columns, comment } = marks
  const delimiters = repeated(delimiter)
  const quotes = repeated(quote)
  let pos = block.start
  for (let rows = 0; ; rows++) {
    if (rows === limit) return rows
    const rowStart = pos
    if (bytes[rowStart] === comment) return rows
    let cell = cells.reserve()
    const { starts, ends } = cells
    const behind = cell + stride
    let left = columns
    let byte = delimiter
    for (; byte === delimiter; cell++) {
      if (left-- === 0 || pos >= blockEnd) return rows
      if (bytes[pos] === quote) {
        starts[cell] = ++pos
        pos = toMark(view, pos, blockEnd, quotes)
        if (pos >= blockEnd || bytes[pos] !== quote) return rows
        ends[cell] = pos++
      } else {
        starts[cell] = pos
        pos = toMark(view, pos, blockEnd, delimiters)
        ends[cell] = pos
      }
      if (pos >= blockEnd) return rows
      byte = bytes[pos++] as number
    }
    const rowEnd = pos - 1
    if (byte === CR && pos < blockEnd && bytes[pos] === LF) pos++
    else if (byte !== LF) return rows
    if (left > 0 || rowEnd === rowStart) return rows
    for (; cell < behind; cell++) starts[cell] = -1
    cells.finish(line + rows, rowStart, rowEnd)
    block.start = pos
  }
}
