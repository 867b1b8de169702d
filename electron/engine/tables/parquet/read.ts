import { tableFromIPC } from '@uwdata/flechette'
import { formatBytes } from '#shared/model/format.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DetectedTable, TableBatch, TablePlan, TableSource } from '../../parsing/index.ts'
import { plansOf, wantedColumns } from '../rows/plan.ts'
import { describeColumns } from '../typed/detect.ts'
import { guarded, readTyped, type TypedRows } from '../typed/read.ts'
import { MOST_OF_GROUP, openParquet, parquetRows, wrapped, type OpenParquet } from './open.ts'
import { EXACT } from '../typed/text.ts'

const SAMPLE_ROWS = 200
/** Row groups from here on, as they lie in the file, are worth a word. */
const LARGE_GROUP_BYTES = 256 * 1024 ** 2

/** Columns of a Parquet file as its schema has them, with values of its first rows. */
export async function detectParquet(source: TableSource): Promise<DetectedTable> {
  const parquet = await openParquet(source.path, source.name)
  const first = parquet.groups.findIndex(({ rows }) => rows > 0)
  const options = { limit: SAMPLE_ROWS, batchSize: SAMPLE_ROWS, ...(first < 0 ? {} : { rowGroups: [first] }) }
  const fetchedBefore = parquet.bytesFetched()
  const read = await parquet.read(options)
  const bytes = await wrapped(source.name, () => read.intoIPCStream())
  const sample = guarded(source.name, 0, () => tableFromIPC(bytes, EXACT))
  return {
    columns: guarded(source.name, 0, () => describeColumns(sample)),
    reading: source.reading,
    rows: parquet.rows,
    problems: sizeProblems(parquet, first, parquet.bytesFetched() - fetchedBefore),
    sampled: sample.numRows,
  }
}

/** What large row groups take, where a few rows of the first one showed that they are read whole. */
function sizeProblems({ groups }: OpenParquet, first: number, bytesFetched: number): readonly ImportProblem[] {
  const packed = groups[first]?.packedLength ?? 0
  const largest = Math.max(0, ...groups.map(({ packedLength }) => packedLength))
  if (bytesFetched < packed * MOST_OF_GROUP || largest < LARGE_GROUP_BYTES) return []
  return [
    {
      severity: 'warning',
      message: `Its pages have no index, so that a row group is held whole: the largest has ${formatBytes(largest)} in the file, and reading it takes about ${formatBytes(largest * 3)} of memory.`,
      hint: 'If that is too much, write it anew with smaller row groups, or with an index of pages (write_page_index in pyarrow).',
    },
  ]
}

export async function* readParquet(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const parquet = await openParquet(plan.path, plan.name)
  const end = plan.maxRows === undefined ? Infinity : plan.skipRows + plan.maxRows
  const read = (columns: readonly string[] | undefined): AsyncGenerator<TypedRows> =>
    parquetRows(parquet, { columns, skipRows: plan.skipRows, endRow: end }, plan.name)
  if (plan.columns !== undefined) {
    const wanted = wantedColumns(plan, plan.columns)
    yield* readTyped(plan, wanted, read(wanted.map(({ source }) => source)), signal)
    return
  }
  // Every column is kept: the first rows tell their types as well as a reading of their own would.
  const rows = read(undefined)
  try {
    const first = await rows.next()
    const seen = first.done === true || !showsFirstRows(first.value, parquet.rows) ? undefined : first.value.table
    const columns =
      seen === undefined
        ? (await detectParquet(plan)).columns
        : guarded(plan.name, 0, () => describeColumns(seen, SAMPLE_ROWS))
    const wanted = wantedColumns(plan, plansOf(columns, plan.nullTokens))
    yield* readTyped(plan, wanted, first.done === true ? rows : startingWith(first.value, rows), signal)
  } finally {
    await rows.return(undefined)
  }
}

/** Whether rows are what detection looks at: those at the beginning, and as many. */
function showsFirstRows({ table, rowStart }: TypedRows, rows: number): boolean {
  return rowStart === 0 && table.numRows >= Math.min(SAMPLE_ROWS, rows)
}

async function* startingWith(first: TypedRows, rest: AsyncGenerator<TypedRows>): AsyncGenerator<TypedRows> {
  yield first
  yield* rest
}
