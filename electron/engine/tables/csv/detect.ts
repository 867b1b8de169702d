import { stat } from 'node:fs/promises'
import { formatCount } from '#shared/model/format.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DetectedTable, TableSource } from '../../parsing/index.ts'
import { Block } from '../bytes/block.ts'
import { Cells } from '../bytes/cells.ts'
import { toUtf8 } from '../bytes/encoding.ts'
import { openBytes } from '../bytes/open.ts'
import { inferText, typeName } from '../detect/infer.ts'
import { unreadable } from '../errors.ts'
import { datasetName } from './names.ts'
import { detectCsvFormat, fillBlock, marksOf, openCsv, type CsvFormat, type OpenCsv } from './open.ts'
import { CsvSplitter } from './split.ts'

const HEAD_ROWS = 1000
const ELSEWHERE_ROWS = 200
/** Most values looked at: tables of very many columns are sampled by fewer rows. */
const MAX_VALUES = 1_000_000
/** Different codes of two letters that make a column one of codes. */
const MIN_CODES = 10
const ELSEWHERE_BYTES = 1024 ** 2

/** Types of a CSV file's columns from its first rows and, where it can be entered anywhere, from its middle and end. */
export async function detectCsv(source: TableSource, nullTokens: readonly string[]): Promise<DetectedTable> {
  const format = await detectCsvFormat(source)
  const csv = await openCsv(source, format, false)
  try {
    const stride = csv.names.length
    if (stride === 0) throw unreadable(source.name, 'it is empty.', 'There is nothing in it to import.')
    const most = Math.max(20, Math.min(HEAD_ROWS, Math.floor(MAX_VALUES / stride)))
    const columns: (string | null)[][] = csv.names.map(() => [])
    const cells = new Cells(csv.block, stride)
    let rows = 0
    let bad = 0
    let short = 0
    while (rows < most) {
      cells.clear()
      const taken = csv.splitter.split(cells, most - rows)
      gather(cells, columns)
      rows += taken
      bad += cells.faults.length
      short += cells.short
      if (taken > 0) continue
      if (csv.block.isLast) break
      rows += await fillBlock(cells, csv.splitter, source.name)
      bad += cells.faults.length
    }
    const isWhole = csv.block.isLast && csv.block.start >= csv.block.end
    if (!isWhole) await gatherElsewhere(source, format, columns, Math.min(ELSEWHERE_ROWS, most))
    const problems = problemsOf(csv, { rows, bad, short })
    return {
      columns: csv.names.map((name, index) =>
        describeText(name, columns[index] ?? [], nullTokens, csv.notes.get(index)),
      ),
      reading: csv.reading,
      ...(isWhole ? { rows } : {}),
      problems,
      sampled: columns[0]?.length ?? 0,
    }
  } finally {
    await csv.close()
  }
}

interface Seen {
  readonly rows: number
  readonly bad: number
  readonly short: number
}

/** How the file is read and why, and what of its first rows is not as it should be. */
function problemsOf({ format, names, reading }: OpenCsv, { rows, bad, short }: Seen): readonly ImportProblem[] {
  const problems: ImportProblem[] = format.evidence.map((message) => ({ severity: 'note', message }))
  const first = `of the first ${formatCount(rows)} rows`
  if (short > 0) {
    problems.push({
      severity: 'note',
      message: `${formatCount(short)} ${first} end early; what they lack is null.`,
    })
  }
  if (format.doubt !== undefined)
    problems.push({ severity: 'warning', message: format.doubt, hint: 'Check the delimiter and the lines to skip.' })
  if (bad > 0) {
    const count = reading.shortRows === 'null' ? `more than ${names.length} values` : `not ${names.length} values`
    problems.push({
      severity: 'warning',
      message: `${formatCount(bad)} ${first} have ${count} or stray quotes.`,
      hint: 'Check the delimiter and quotes, or choose what is done with bad rows.',
    })
  }
  return problems
}

/** A column of text with its type. */
export function describeText(
  name: string,
  values: readonly (string | null)[],
  nullTokens: readonly string[],
  note: string | undefined,
  sourceType = 'text',
): DetectedColumn {
  const guess = inferText(name, values, nullTokens)
  const { evidence, nulls, examples, dateFormat, nullTokens: words, problems } = guess
  const notes = [
    note,
    datasetName(name) === name ? undefined : `A name may not have dots: it becomes "${datasetName(name)}".`,
  ]
  return {
    source: name,
    type: typeName(guess),
    sourceType,
    evidence,
    nulls,
    examples,
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(words === undefined ? {} : { nullTokens: words }),
    problems: [
      ...codeProblems(values, nullTokens),
      ...notes.flatMap((message) => (message === undefined ? [] : [{ severity: 'note' as const, message }])),
      ...problems,
    ],
  }
}

/** Namibia, among the codes of countries, looks like a value that is not there. */
function codeProblems(values: readonly (string | null)[], nullTokens: readonly string[]): readonly ImportProblem[] {
  const missing = values.filter((value) => value === 'NA').length
  const codes = values.filter((value) => value !== 'NA' && value !== null && /^[A-Z]{2}$/.test(value))
  const isOfCodes = new Set(codes).size >= MIN_CODES && codes.length + missing >= values.length * 0.9
  if (missing === 0 || !isOfCodes || !nullTokens.includes('NA')) return []
  return [
    {
      severity: 'warning',
      message: `"NA" is taken for null; among codes of two letters it may be one of them.`,
      hint: 'Name what means null in this column to keep it.',
    },
  ]
}

function gather(cells: Cells, columns: readonly (string | null)[][]): void {
  const { starts, ends, stride, rows, block } = cells
  for (const [column, values] of columns.entries()) {
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const start = starts[cell] as number
      values.push(start < 0 ? null : block.bytes.toString('utf8', start, ends[cell]))
    }
  }
}

/** Whole rows of the middle and the end of a file. Whoever enters it between rows cannot know of quotes: ragged rows are left out. */
async function gatherElsewhere(
  source: TableSource,
  format: CsvFormat,
  columns: readonly (string | null)[][],
  most: number,
): Promise<void> {
  const { size } = await stat(source.path)
  if (source.compression !== undefined || format.encoding !== 'utf-8' || size < ELSEWHERE_BYTES * 4) return
  for (const start of [Math.floor(size / 2), size - ELSEWHERE_BYTES]) {
    const bytes = openBytes({ ...source, start })
    const block = new Block(toUtf8(bytes.chunks, format.encoding, source.name))
    try {
      await block.fill()
      const firstEnd = block.bytes.indexOf(10)
      if (firstEnd < 0 || firstEnd >= block.end) continue
      block.start = firstEnd + 1
      const splitter = new CsvSplitter({ ...marksOf(format), columns: columns.length, keepsRagged: false })
      const cells = new Cells(block, columns.length)
      splitter.split(cells, most)
      if (cells.faults.length <= cells.rows / 10) gather(cells, columns)
    } finally {
      await bytes.chunks.return(undefined)
    }
  }
}
