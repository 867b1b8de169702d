import { tableFromIPC } from '@uwdata/flechette'
import type { DetectedTable, TableBatch, TablePlan, TableSource } from '../../parsing/index.ts'
import { plansOf, wantedColumns } from '../rows/plan.ts'
import { describeColumns } from '../typed/detect.ts'
import { guarded, readTyped, type TypedRows } from '../typed/read.ts'
import { openParquet, parquetRows, wrapped } from './open.ts'
import { EXACT } from '../typed/text.ts'

const SAMPLE_ROWS = 200

/** Columns of a Parquet file as its schema has them, with values of its first rows. */
export async function detectParquet(source: TableSource): Promise<DetectedTable> {
  const parquet = await openParquet(source.path, source.name)
  const first = parquet.groups.findIndex(({ rows }) => rows > 0)
  const options = { limit: SAMPLE_ROWS, batchSize: SAMPLE_ROWS, ...(first < 0 ? {} : { rowGroups: [first] }) }
  const read = await wrapped(source.name, () => parquet.file.read(options))
  const bytes = await wrapped(source.name, () => read.intoIPCStream())
  const sample = guarded(source.name, 0, () => tableFromIPC(bytes, EXACT))
  return {
    columns: guarded(source.name, 0, () => describeColumns(sample)),
    reading: source.reading,
    rows: parquet.rows,
    problems: [],
    sampled: sample.numRows,
  }
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
