import type { TableReading } from '#shared/model/import/tables.ts'
import { badPlan } from '../errors.ts'

export interface Dialect {
  readonly delimiter: string
  readonly quote: string
  readonly skipLines: number
  readonly hasHeader: boolean
}

/** A dialect and why it was taken for this one. */
export interface DetectedDialect extends Dialect {
  readonly evidence: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|']
const NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }
const MAX_ROWS = 200
const MAX_PREAMBLE = 30

/** The dialect of a file by its first lines; `told` goes before what is seen. `isCut`: the text goes on behind `text`. */
export function detectDialect(text: string, told: TableReading, isCut: boolean): DetectedDialect {
  const quote = told.quote ?? (countOf(text, `"`) === 0 && looksQuoted(text, `'`) ? `'` : `"`)
  const candidates = told.delimiter === undefined ? DELIMITERS : [told.delimiter]
  const tried = candidates.map((delimiter) => measure(splitText(text, delimiter, quote, isCut), delimiter))
  const [first] = tried
  if (first === undefined) throw badPlan('A delimiter has to be one character.')
  const best = tried.reduce((left, right) => (right.score > left.score ? right : left), first)
  const skipLines = told.skipLines ?? best.preamble
  const rows = best.rows.filter(({ line }) => line > skipLines)
  const hasHeader = told.hasHeader ?? looksLikeHeader(rows)
  return {
    delimiter: best.delimiter,
    quote,
    skipLines,
    hasHeader,
    evidence: evidenceOf(best, told, skipLines, hasHeader),
  }
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

interface Measured {
  readonly delimiter: string
  readonly rows: readonly Row[]
  readonly columns: number
  readonly agreeing: number
  readonly preamble: number
  readonly score: number
}

function measure(rows: readonly Row[], delimiter: string): Measured {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [columns, agreeing] = [...counts].reduce(
    (best, entry) => (entry[1] * Math.log2(entry[0] + 1) > best[1] * Math.log2(best[0] + 1) ? entry : best),
    [1, 0] as [number, number],
  )
  const firstRow = rows.findIndex(({ cells }) => cells.length > columns / 2 && !cells[0]?.startsWith('#'))
  const preamble = columns > 1 && firstRow > 0 && firstRow <= MAX_PREAMBLE ? (rows[firstRow]?.line ?? 1) - 1 : 0
  const share = rows.length === 0 ? 0 : agreeing / rows.length
  return {
    delimiter,
    rows: rows.slice(preamble > 0 ? firstRow : 0),
    columns,
    agreeing,
    preamble,
    score: columns === 1 ? 0 : share * Math.log2(columns + 1),
  }
}

function evidenceOf(best: Measured, told: TableReading, skipLines: number, hasHeader: boolean): readonly string[] {
  const evidence: string[] = []
  const lines = best.rows.length
  if (told.delimiter === undefined) {
    const name = NAMES[best.delimiter] ?? JSON.stringify(best.delimiter)
    evidence.push(
      best.columns === 1
        ? 'No delimiter was found: every line is one value.'
        : `Values are separated by ${name}: ${Math.min(lines, best.agreeing)} of the first ${lines} rows have ${best.columns} of them.`,
    )
  }
  if (told.skipLines === undefined && skipLines > 0)
    evidence.push(`The first ${skipLines} lines are left out: they have fewer values than those below.`)
  if (told.hasHeader === undefined) {
    evidence.push(
      hasHeader ? 'The first row names the columns.' : 'The first row does not look like names: columns are numbered.',
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
export function looksLikeHeader(rows: readonly Pick<Row, 'cells'>[]): boolean {
  const [first, ...body] = rows
  if (first === undefined) return false
  if (first.cells.every((cell) => cell.trim() === '') || first.cells.some(isValue)) return false
  if (body.length === 0) return true
  const recurring = first.cells.filter((cell, index) => cell !== '' && body.some(({ cells }) => cells[index] === cell))
  return recurring.length <= first.cells.length / 3
}

function countOf(text: string, mark: string): number {
  return text.split(mark).length - 1
}

/** Whether the mark stands around values, not inside of words. */
function looksQuoted(text: string, mark: string): boolean {
  const around =
    text.match(new RegExp(`(^|[,;|\\t\\n])${mark}[^${mark}\\n]*${mark}(?=[,;|\\t\\r\\n]|$)`, 'gm'))?.length ?? 0
  return around > 1 && around * 2 >= countOf(text, mark) * 0.8
}

/** The first rows of a text, quotes heeded; the one the text breaks off in is left out. */
function splitText(text: string, delimiter: string, quote: string, isCut: boolean): readonly Row[] {
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  // Start of a run of the cell that is not in it yet: adding characters one by one would make a string of each.
  let from = -1
  let isQuoted = false
  let line = 1
  let rowLine = 1
  const take = (end: number): void => {
    if (from >= 0) cell += text.slice(from, end)
    from = -1
  }
  const endRow = (): void => {
    if (cells.length > 0 || cell !== '') rows.push({ line: rowLine, cells: [...cells, cell] })
    cells = []
    cell = ''
    rowLine = line
  }
  let at = 0
  for (; at < text.length && rows.length < MAX_ROWS; at++) {
    const character = text[at] as string
    const isLineEnd = character === '\n' || (character === '\r' && text[at + 1] !== '\n')
    if (isLineEnd) line++
    if (isQuoted) {
      if (character !== quote) {
        if (from < 0) from = at
        continue
      }
      take(at)
      if (text[at + 1] === quote) from = ++at
      else isQuoted = false
    } else if (character === quote && cell === '' && from < 0) isQuoted = true
    else if (character === delimiter) {
      take(at)
      cells.push(cell)
      cell = ''
    } else if (isLineEnd) {
      take(at)
      endRow()
    } else if (character === '\r') take(at)
    else if (from < 0) from = at
  }
  take(at)
  if (!isCut || rows.length === 0) endRow()
  return rows
}
