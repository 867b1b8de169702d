import { tableFromIPC } from '@uwdata/flechette'
import type { DetectedTable, TableBatch, TablePlan, TableSource } from '../../parsing/index.ts'
import { plansOf, wantedColumns } from '../rows/plan.ts'
import { describeColumns } from '../typed/detect.ts'
import { guarded, readTyped } from '../typed/read.ts'
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
  const columns = plan.columns ?? plansOf((await detectParquet(plan)).columns, plan.nullTokens)
  const wanted = wantedColumns(plan, columns)
  const parquet = await openParquet(plan.path, plan.name)
  const names = wanted.map(({ source }) => source)
  yield* readTyped(plan, wanted, parquetRows(parquet, names, plan.skipRows, plan.name), signal)
}
