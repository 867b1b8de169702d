import type { ShortRows, TableReading } from '#shared/model/import/tables.ts'
import { badPlan } from '../errors.ts'
import { sampleRows, type SampleMarks, type SampleRow, type SampleRows } from './sample-rows.ts'

export interface Dialect {
  readonly delimiter: string
  /** '' = none. */
  readonly quote: string
  /** Lines that begin with it are left out; '' = none are. */
  readonly comment: string
  readonly skipLines: number
  readonly hasHeader: boolean
  /** The row of names begins with the comment mark, such as `#id<TAB>name`; it is the first one behind the lines skipped. */
  readonly isHeaderComment: boolean
  readonly shortRows: ShortRows
  /** Values a row may have however few the first one has. */
  readonly minColumns: number
}

/** A dialect and why it was taken for this one. */
export interface DetectedDialect extends Dialect {
  readonly evidence: readonly string[]
  /** What looks as if the dialect were not the one of the file; absent = nothing does. */
  readonly doubt?: string
}

const DELIMITERS = [',', ';', '\t', '|']
const NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }
/** Marks that hardly ever stand inside of values, so that whoever writes them needs no quotes. */
const RARE_DELIMITERS = ['\t', '|']
const MAX_PREAMBLE = 30
/** Share of rows of one value that no table has whose last values are left out. */
const MAX_SINGLE = 0.2
/** Share of rows a number of values needs to be more than an exception. */
const MIN_WIDE = 0.1

/** The dialect of a file by its first lines; `told` goes before what is seen. `isCut`: the text goes on behind `text`. */
export function detectDialect(text: string, told: TableReading, isCut: boolean): DetectedDialect {
  const quote = told.quote ?? (!text.includes(`"`) && looksQuoted(text, `'`) ? `'` : `"`)
  const comment = told.comment ?? (/^[\r\n]*#/.test(text) ? '#' : '')
  const candidates = told.delimiter === undefined ? DELIMITERS : [told.delimiter]
  const tried = candidates.map((delimiter) => tryMarks(text, { delimiter, quote, comment }, told, isCut))
  const [first] = tried
  if (first === undefined) throw badPlan('A delimiter has to be one character.')
  const best = tried.reduce((left, right) => (right.score > left.score ? right : left), first)
  const layout = layoutOf(best, told)
  const { rows, singles } = layout
  const pads = told.shortRows !== undefined ? told.shortRows === 'null' : singles === 0
  const shortRows = pads ? 'null' : 'bad'
  const minColumns = layout.hasHeader || !pads ? 0 : commonWidth(rows)
  const { rows: _rows, singles: _singles, ...found } = layout
  return {
    delimiter: best.delimiter,
    quote: best.quote,
    ...found,
    shortRows,
    minColumns,
    evidence: evidenceOf(best, told, layout),
    ...(singles === 0 || told.shortRows === 'null' ? {} : { doubt: doubtOf(best, layout) }),
  }
}

interface Measured extends SampleMarks {
  readonly rows: readonly SampleRow[]
  readonly comments: SampleRows['comments']
  readonly columns: number
  readonly agreeing: number
  readonly preamble: number
  readonly score: number
  /** The same text split by quotes, which made less of it; absent = quotes are heeded. */
  readonly unpaired?: SampleRows
}

/** The text split by these marks, or by fewer of them where what it makes shows that they are none. */
function tryMarks(text: string, marks: SampleMarks, told: TableReading, isCut: boolean): Measured {
  const sample = sampleRows(text, marks, isCut)
  const isUnpaired = RARE_DELIMITERS.includes(marks.delimiter) && sample.stray > sample.quoted
  if (told.quote === undefined && isUnpaired)
    return { ...tryMarks(text, { ...marks, quote: '' }, { ...told, quote: '' }, isCut), unpaired: sample }
  const measured = measure(sample, marks)
  const firstLine = measured.rows[0]?.line ?? 0
  const above = sample.comments.filter((line) => line.line < firstLine && mayBeRow(line, measured))
  // One of them may name the columns; of several, some are rows.
  return told.comment === undefined && above.length > 1
    ? tryMarks(text, { ...marks, comment: '' }, { ...told, comment: '' }, isCut)
    : measured
}

/** Whether a comment has as many values as a row, and no blank behind its mark. */
function mayBeRow({ text }: SampleRows['comments'][number], best: Measured): boolean {
  return best.columns > 1 && !text.startsWith(' ') && cellsOf(text, best).length === best.columns
}

function cellsOf(text: string, marks: SampleMarks): readonly string[] {
  return sampleRows(text, { ...marks, comment: '' }, false).rows[0]?.cells ?? []
}

function measure({ rows, comments }: SampleRows, marks: SampleMarks): Measured {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [columns, agreeing] = [...counts].reduce(
    (best, entry) => (entry[1] * Math.log2(entry[0] + 1) > best[1] * Math.log2(best[0] + 1) ? entry : best),
    [1, 0] as [number, number],
  )
  const firstRow = rows.findIndex(({ cells }) => cells.length > columns / 2)
  const preamble = columns > 1 && firstRow > 0 && firstRow <= MAX_PREAMBLE ? (rows[firstRow]?.line ?? 1) - 1 : 0
  const share = rows.length === 0 ? 0 : agreeing / rows.length
  return {
    ...marks,
    rows: rows.slice(preamble > 0 ? firstRow : 0),
    comments,
    columns,
    agreeing,
    preamble,
    score: columns === 1 ? 0 : share * Math.log2(columns + 1),
  }
}

interface Layout {
  readonly comment: string
  readonly skipLines: number
  readonly hasHeader: boolean
  readonly isHeaderComment: boolean
  /** Those below the lines that are skipped. */
  readonly rows: readonly SampleRow[]
  /** Rows of one value where they are too many to be rows that end early; 0 otherwise. */
  readonly singles: number
}

/** Where the rows begin and what names them. */
function layoutOf(best: Measured, told: TableReading): Layout {
  const skipped = told.skipLines ?? best.preamble
  const rows = best.rows.filter(({ line }) => line > skipped)
  const firstLine = rows[0]?.line ?? Number.POSITIVE_INFINITY
  const comments = best.comments.filter(({ line }) => line > skipped)
  const above = comments.filter(({ line }) => line < firstLine)
  const names = cellsOf(above.at(-1)?.text ?? '', best)
  const isNamed = names.length > 1 && (names.length === best.columns || names.length === commonWidth(rows))
  const isHeaderComment =
    told.hasHeader !== false && isNamed && looksLikeHeader([{ cells: names }, ...rows]) && !isClearHeader(rows)
  const below = comments.filter(({ line }) => line > firstLine)
  const isNone = comments.length === (isHeaderComment ? 1 : 0)
  const mayBeRows = told.comment === undefined && (isNone || below.some((line) => mayBeRow(line, best)))
  const end = mayBeRows && above.length > 0 ? firstLine - 1 : skipped
  const skipLines = isHeaderComment ? (above.at(-1)?.line ?? 1) - 1 : end
  const single = best.columns === 1 ? 0 : rows.filter(({ cells }) => cells.length === 1).length
  const isUsual = best.columns === 2 && RARE_DELIMITERS.includes(best.delimiter)
  return {
    comment: mayBeRows ? '' : best.comment,
    skipLines,
    hasHeader: told.hasHeader ?? (isHeaderComment || looksLikeHeader(rows)),
    isHeaderComment,
    rows,
    singles: single > rows.length * MAX_SINGLE && !isUsual ? single : 0,
  }
}

/** The most values that are no exception. */
function commonWidth(rows: readonly SampleRow[]): number {
  const widths = rows.map(({ cells }) => cells.length).toSorted((left, right) => right - left)
  return widths[Math.floor(widths.length * MIN_WIDE)] ?? 0
}

function doubtOf({ columns, delimiter }: Measured, { rows, singles }: Layout): string {
  const name = NAMES[delimiter] ?? JSON.stringify(delimiter)
  return `${singles} of the first ${rows.length} rows are one value, where others have ${columns}: ${name} may not be what separates them.`
}

function evidenceOf(best: Measured, told: TableReading, layout: Layout): readonly string[] {
  const { comment, skipLines, hasHeader, isHeaderComment } = layout
  const evidence: string[] = []
  const lines = best.rows.length
  if (told.delimiter === undefined) {
    const name = NAMES[best.delimiter] ?? JSON.stringify(best.delimiter)
    const agreeing = Math.min(lines, best.agreeing)
    evidence.push(
      best.columns === 1
        ? 'No delimiter was found: every line is one value.'
        : `Values are separated by ${name}: ${agreeing} of the first ${lines} rows have ${best.columns} of them.`,
    )
  }
  if (best.unpaired !== undefined) {
    const { stray, quoted } = best.unpaired
    evidence.push(`Quotes are read as they stand: ${stray} of ${stray + quoted} that begin a value do not end it.`)
  }
  const left = best.comments.length - (isHeaderComment ? 1 : 0)
  if (told.comment === undefined && comment !== '')
    evidence.push(`Lines that begin with ${comment} are left out as comments, ${left} among the first.`)
  else if (told.skipLines === undefined && skipLines > 0)
    evidence.push(`The first ${skipLines} lines are left out: they are not part of the table.`)
  if (told.hasHeader === undefined) {
    evidence.push(
      isHeaderComment
        ? 'The last comment above the rows names the columns.'
        : hasHeader
          ? 'The first row names the columns.'
          : 'The first row does not look like names: columns are numbered.',
    )
  }
  return evidence
}

const NUMBER = /^\s*[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?\s*$/i
const DATE = /^\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/

function isValue(cell: string): boolean {
  return (
    NUMBER.test(cell) ||
    DATE.test(cell) ||
    /^(true|false|null|nan)$/i.test(cell) ||
    cell.startsWith('[') ||
    cell.startsWith('{')
  )
}

/** Names are no values, and mostly say something that does not come again below. */
export function looksLikeHeader(rows: readonly Pick<SampleRow, 'cells'>[]): boolean {
  const [first, ...body] = rows
  if (first === undefined) return false
  if (first.cells.every((cell) => cell.trim() === '') || first.cells.some(isValue)) return false
  if (body.length === 0) return true
  const recurring = first.cells.filter((cell, index) => cell !== '' && body.some(({ cells }) => cells[index] === cell))
  return recurring.length <= first.cells.length / 3
}

/** Whether a column has a text in the first row and nothing but numbers, dates and the like below. */
function isClearHeader(rows: readonly Pick<SampleRow, 'cells'>[]): boolean {
  const [first, ...body] = rows
  if (first === undefined || body.length === 0 || first.cells.some(isValue)) return false
  return first.cells.some((name, index) => name !== '' && body.every(({ cells }) => isValue(cells[index] ?? '')))
}

/** Whether the mark stands around values, not inside of words. */
function looksQuoted(text: string, mark: string): boolean {
  const around =
    text.match(new RegExp(`(^|[,;|\\t\\n])${mark}[^${mark}\\n]*${mark}(?=[,;|\\t\\r\\n]|$)`, 'gm'))?.length ?? 0
  return around > 1 && around * 2 >= (text.split(mark).length - 1) * 0.8
}
