import { formatCount } from '#shared/model/format.ts'
import type { Cells } from '../bytes/cells.ts'
import { repeated } from '../bytes/words.ts'
import { splitPlainRows, toMark } from './plain.ts'

export interface CsvMarks {
  /** One byte each; quote -1 = none. */
  readonly delimiter: number
  readonly quote: number
  /** Values a row has to have. */
  readonly columns: number
  /** Keep rows with too few values, or with too many, as far as they fit; their fault is told either way. */
  readonly keepsRagged: boolean
  /** Rows with too few values are no fault: what they lack is absent. They are counted. */
  readonly padsShort: boolean
  /** One byte: lines that begin with it are passed over; -1 = none. */
  readonly comment: number
}

const LF = 10
const CR = 13

/**
 * Splits bytes into the cells of a CSV file (RFC 4180, any delimiter, any line ends). A row whose quotes are wrong costs
 * its first line only: the next row is looked for in the line behind it.
 */
export class CsvSplitter {
  /** Line the next row begins on, 1-based. */
  line = 1
  /** The row at the start of the block is inside of quotes that nothing in the block closes. */
  isUnclosed = false
  readonly #marks: CsvMarks
  readonly #isSpecial = new Uint8Array(256)

  constructor(marks: CsvMarks) {
    this.#marks = marks
    for (const byte of [marks.delimiter, LF, CR]) this.#isSpecial[byte] = 1
  }

  /** Splits at most `limit` rows of the block off into `cells` and returns how many there were, good and bad. */
  split(cells: Cells, limit: number): number {
    let rows = 0
    for (;;) {
      const plain = splitPlainRows(cells, this.#marks, this.line, limit - rows)
      this.line += plain
      rows += plain
      if (rows >= limit || cells.block.start >= cells.block.end) break
      const taken = this.#splitRow(cells)
      if (taken < 0) break
      rows += taken
    }
    return rows
  }

  /**
   * Takes the first line of the block for a bad row, wherever its quotes lead. Returns 1, or -1 when the line goes on behind
   * the block.
   */
  giveUpRow(cells: Cells, reason: string): 1 | -1 {
    const { line } = this
    const { start } = cells.block
    const end = this.#passLine(cells.block)
    if (end < 0) return -1
    cells.faults.push({ line, reason, start, end })
    return 1
  }

  /** Goes behind the first line of the block and returns where it ends; -1 when it goes on behind the block. */
  #passLine(block: Cells['block']): number {
    let end = block.start
    while (end < block.end && block.bytes[end] !== LF && block.bytes[end] !== CR) end++
    // Behind a CR there may be an LF that belongs to it.
    if (!block.isLast && end + (block.bytes[end] === CR ? 1 : 0) >= block.end) {
      this.isUnclosed = false
      return -1
    }
    block.start = Math.min(block.end, end + (block.bytes[end] === CR && block.bytes[end + 1] === LF ? 2 : 1))
    this.line++
    return end
  }

  /** 1 for a row, 0 for an empty line or a comment, -1 when the block ends first. */
  #splitRow(cells: Cells): number {
    const { block } = cells
    const { delimiter, quote, columns } = this.#marks
    const isSpecial = this.#isSpecial
    const blockEnd = block.end
    const rowStart = block.start
    const quotes = repeated(quote)
    const delimiters = repeated(delimiter)
    let { bytes, view } = block
    if (bytes[rowStart] === this.#marks.comment) {
      if (this.#passLine(block) < 0) return -1
      cells.comments++
      return 0
    }
    let pos = rowStart
    let column = 0
    let lineBreaks = 0
    let extra = 0
    let rowEnd = -1
    const at = cells.reserve()
    const { starts, ends, stride } = cells
    for (;;) {
      let start = pos
      let end: number
      if (pos < blockEnd && bytes[pos] === quote) {
        start = ++pos
        let escapes = 0
        for (;;) {
          for (;;) {
            pos = toMark(view, pos, blockEnd, quotes)
            if (pos >= blockEnd || bytes[pos] === quote) break
            const byte = bytes[pos++] as number
            if (byte === LF || (byte === CR && bytes[pos] !== LF)) lineBreaks++
          }
          if (pos + 1 >= blockEnd && !block.isLast) {
            this.isUnclosed = pos >= blockEnd
            return -1
          }
          if (pos >= blockEnd) return this.giveUpRow(cells, 'has a quote that is never closed')
          if (pos + 1 >= blockEnd || bytes[pos + 1] !== quote) break
          escapes++
          pos += 2
        }
        end = pos++
        while (pos < blockEnd && bytes[pos] === 32) pos++
        if (pos < blockEnd && isSpecial[bytes[pos] as number] === 0)
          return this.giveUpRow(cells, 'goes on behind a closing quote')
        if (escapes > 0) {
          const length = end - start - escapes
          start = this.#unquote(cells, start, end)
          end = start + length
          bytes = block.bytes
          view = block.view
        }
      } else {
        pos = toMark(view, pos, blockEnd, delimiters)
        while (pos < blockEnd && isSpecial[bytes[pos] as number] === 0)
          pos = toMark(view, pos + 1, blockEnd, delimiters)
        end = pos
      }
      if (column < columns) {
        starts[at + column] = start
        ends[at + column] = end
      } else if (end > start) extra++
      column++
      if (pos >= blockEnd) {
        if (!block.isLast) {
          this.isUnclosed = false
          return -1
        }
        rowEnd = pos
        break
      }
      const byte = bytes[pos] as number
      if (byte === delimiter) {
        pos++
        continue
      }
      rowEnd = pos
      if (byte === CR) {
        if (pos + 1 >= blockEnd && !block.isLast) {
          this.isUnclosed = false
          return -1
        }
        if (bytes[pos + 1] === LF && pos + 1 < blockEnd) pos++
      }
      pos++
      break
    }
    const line = this.line
    block.start = pos
    this.line += 1 + lineBreaks
    if (rowEnd === rowStart) return 0
    if (column < stride) starts.fill(-1, at + column, at + stride)
    if (extra === 0 && (column >= columns || this.#marks.padsShort)) {
      if (column < columns) cells.short++
      cells.finish(line, rowStart, rowEnd)
      return 1
    }
    const reason = `has ${formatCount(column)} values instead of ${formatCount(columns)}`
    if (this.#marks.keepsRagged) {
      cells.finish(line, rowStart, rowEnd)
      cells.fault(cells.rows - 1, reason)
    } else cells.faults.push({ line, reason, start: rowStart, end: rowEnd })
    return 1
  }

  /** Copies a value behind the block with its doubled quotes made one; returns where it starts. */
  #unquote({ block }: Cells, start: number, end: number): number {
    const first = block.reserve(end - start)
    const { bytes } = block
    let to = first
    for (let at = start; at < end; at++) {
      bytes[to++] = bytes[at] as number
      if (bytes[at] === this.#marks.quote) at++
    }
    block.release(to)
    return first
  }
}
