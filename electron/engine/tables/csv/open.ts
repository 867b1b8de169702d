import { formatCount } from '#shared/model/format.ts'
import type { TableReading } from '#shared/model/import/tables.ts'
import type { TableSource } from '../../parsing/index.ts'
import { Block, MAX_ROW_BYTES } from '../bytes/block.ts'
import { Cells } from '../bytes/cells.ts'
import { detectEncoding, toUtf8 } from '../bytes/encoding.ts'
import { openBytes, type ByteSource } from '../bytes/open.ts'
import { badPlan, rowTooLarge, unreadable } from '../errors.ts'
import { detectDialect, type DetectedDialect, type Dialect } from './dialect.ts'
import { uniqueNames, type UniqueNames } from './names.ts'
import { CsvSplitter, type CsvMarks } from './split.ts'

export const MAX_COLUMNS = 10_000
/** What the encoding is told by. */
const HEAD_BYTES = 1024 * 1024
/** What the dialect is told by, of that. */
const DIALECT_BYTES = 128 * 1024

/** How a CSV file is read, everything decided. */
export interface CsvFormat extends Dialect, Pick<DetectedDialect, 'evidence' | 'doubt'> {
  readonly encoding: string
}

/** An open CSV file, at its first row of values. */
export interface OpenCsv extends UniqueNames {
  readonly format: CsvFormat
  readonly reading: TableReading
  readonly block: Block
  readonly splitter: CsvSplitter
  readonly bytesRead: ByteSource['bytesRead']
  close(): Promise<void>
}

/** Looks at the first bytes of a file. */
export async function detectCsvFormat(source: TableSource): Promise<CsvFormat> {
  const { head, isCut } = await readHead(source)
  const { reading } = source
  const encoding = reading.encoding === undefined ? detectEncoding(head) : { name: reading.encoding, evidence: '' }
  const decoded: Uint8Array[] = []
  const lines = firstLines(head, DIALECT_BYTES)
  for await (const chunk of toUtf8([lines] as unknown as AsyncIterable<Uint8Array>, encoding.name, source.name)) {
    decoded.push(Buffer.from(chunk))
  }
  const text = Buffer.concat(decoded).toString('utf8')
  const dialect = detectDialect(text, reading, isCut || lines.length < head.length)
  checkMark('delimiter', dialect.delimiter)
  if (dialect.quote !== '') checkMark('quote', dialect.quote)
  if (dialect.comment !== '') checkMark('comment mark', dialect.comment)
  const note =
    encoding.evidence === '' || encoding.name === 'utf-8'
      ? []
      : [`Its encoding is ${encoding.name}: ${encoding.evidence}.`]
  return { ...dialect, encoding: encoding.name, evidence: [...note, ...dialect.evidence] }
}

function checkMark(what: string, mark: string): void {
  if (mark.length === 1 && mark.charCodeAt(0) < 128 && mark !== '\n' && mark !== '\r') return
  throw badPlan(`A ${what} has to be one ASCII character, not ${JSON.stringify(mark)}.`)
}

/** The first bytes, whole characters of any encoding. */
async function readHead(source: TableSource): Promise<{ readonly head: Buffer; readonly isCut: boolean }> {
  const { chunks } = openBytes(source)
  const parts: Uint8Array[] = []
  let length = 0
  let isCut = false
  for await (const chunk of chunks) {
    if (length >= HEAD_BYTES) {
      isCut = true
      break
    }
    parts.push(Buffer.from(chunk))
    length += chunk.length
  }
  const whole = Buffer.concat(parts)
  return { head: isCut ? firstLines(whole, whole.length - 1) : whole, isCut }
}

/** Whole lines of at most so many bytes, all of them where they are no more. */
function firstLines(bytes: Buffer, most: number): Buffer {
  if (bytes.length <= most) return bytes
  const end = bytes.lastIndexOf(10, most)
  const last = end > 0 ? end : most
  // Four bytes of the line end, in UTF-16 of either order, end a character.
  return bytes.subarray(0, last - (last % 4))
}

/** Opens a CSV file and reads its header. `close` it. Fails with `unreadable-source`, `too-large` or `invalid-input`. */
export async function openCsv(source: TableSource, format: CsvFormat, keepsRagged: boolean): Promise<OpenCsv> {
  const bytes = openBytes(source)
  try {
    return await openRows(source, format, keepsRagged, bytes)
  } catch (error) {
    await bytes.chunks.return(undefined)
    throw error
  }
}

async function openRows(
  source: TableSource,
  format: CsvFormat,
  keepsRagged: boolean,
  bytes: ByteSource,
): Promise<OpenCsv> {
  const block = new Block(toUtf8(bytes.chunks, format.encoding, source.name))
  const marks = marksOf(format)
  const line = await passLines(block, format.skipLines)
  const headMarks = format.isHeaderComment ? { ...marks, comment: -1 } : marks
  const first = await peekFirstRow(block, headMarks, line, source.name)
  if (first.cells.length > MAX_COLUMNS) {
    throw unreadable(
      source.name,
      `its first row has more than ${formatCount(MAX_COLUMNS)} values.`,
      'Check its delimiter and its line ends.',
    )
  }
  if (format.hasHeader && first.cells.length > 0) {
    block.start = first.end
  }
  const columns = first.cells.length === 0 ? 0 : Math.max(first.cells.length, format.minColumns)
  const splitter = new CsvSplitter({ ...marks, columns, keepsRagged })
  splitter.line = format.hasHeader ? first.nextLine : first.line
  const { delimiter, quote, comment, shortRows, hasHeader, encoding, skipLines } = format
  const unique = uniqueNames(hasHeader ? headerOf(first.cells, format) : Array.from({ length: columns }, () => ''))
  return {
    format,
    reading: { ...source.reading, delimiter, quote, comment, shortRows, hasHeader, encoding, skipLines },
    names: unique.names,
    notes: hasHeader ? unique.notes : new Map(),
    block,
    splitter,
    bytesRead: bytes.bytesRead,
    close: async () => void (await bytes.chunks.return(undefined)),
  }
}

/** What the splitter has to know of a format. */
export function marksOf({
  delimiter,
  quote,
  comment,
  shortRows,
}: Pick<CsvFormat, 'delimiter' | 'quote' | 'comment' | 'shortRows'>): Omit<CsvMarks, 'columns' | 'keepsRagged'> {
  return {
    delimiter: delimiter.charCodeAt(0),
    quote: quote === '' ? -1 : quote.charCodeAt(0),
    comment: comment === '' ? -1 : comment.charCodeAt(0),
    padsShort: shortRows === 'null',
  }
}

/** The names, without the mark of the comment they stand in. */
function headerOf(cells: readonly string[], { isHeaderComment }: CsvFormat): readonly string[] {
  const [first = '', ...others] = cells
  return isHeaderComment && first.length > 1 ? [first.slice(1), ...others] : cells
}

/** Fills the block; a row that has become too large is given up or refused. */
export async function fillBlock(cells: Cells, splitter: CsvSplitter, name: string): Promise<number> {
  const { block } = cells
  if (block.end - block.start > MAX_ROW_BYTES) {
    const reason = `has a quote that is not closed within ${MAX_ROW_BYTES / 1024 ** 2} MB`
    if (splitter.isUnclosed && splitter.giveUpRow(cells, reason) > 0) return 1
    throw rowTooLarge(name, splitter.line, MAX_ROW_BYTES)
  }
  await block.fill()
  return 0
}

async function passLines(block: Block, count: number): Promise<number> {
  let line = 1
  await block.fill()
  while (line <= count) {
    let at = block.start
    while (at < block.end && block.bytes[at] !== 10 && block.bytes[at] !== 13) at++
    if (at + 1 >= block.end && !block.isLast) {
      // What is skipped need not be kept, however long the line is.
      block.start = at
      await block.fill()
      continue
    }
    if (at >= block.end) {
      block.start = block.end
      return line
    }
    block.start = at + (block.bytes[at] === 13 && block.bytes[at + 1] === 10 ? 2 : 1)
    line++
  }
  return line
}

interface FirstRow {
  readonly cells: readonly string[]
  readonly line: number
  readonly nextLine: number
  readonly end: number
}

/** The first row, which stays in the block. */
async function peekFirstRow(
  block: Block,
  marks: Omit<CsvMarks, 'columns' | 'keepsRagged'>,
  line: number,
  name: string,
): Promise<FirstRow> {
  const splitter = new CsvSplitter({ ...marks, columns: MAX_COLUMNS + 1, keepsRagged: true, padsShort: true })
  splitter.line = line
  const cells = new Cells(block, MAX_COLUMNS + 1, 1)
  while (splitter.split(cells, 1) === 0) {
    if (block.isLast && block.start >= block.end) return { cells: [], line, nextLine: line, end: block.end }
    await fillBlock(cells, splitter, name)
  }
  const end = block.start
  const count = cells.rows === 0 ? 0 : lastCell(cells) + 1
  const texts = Array.from({ length: count }, (_, column) =>
    block.bytes.toString('utf8', cells.starts[column], cells.ends[column]),
  )
  block.start = cells.rows === 0 ? end : (cells.rowStarts[0] as number)
  return { cells: texts, line: (cells.lines[0] as number) || line, nextLine: splitter.line, end }
}

function lastCell(cells: Cells): number {
  let column = cells.stride - 1
  while (column >= 0 && (cells.starts[column] as number) < 0) column--
  return column
}
