import type { OpenDataset } from '../context.ts'
import type { TaskEnv } from '../jobs/index.ts'
import { createAligner, textsOf, type RowsSchema } from '../lance/index.ts'
import type { Embedding } from './embed-plan.ts'
import type { ImportOrder, Progress } from './journal.ts'
import { readTables } from './read-tables.ts'
import { readWholeFiles } from './read-files.ts'
import type { Reader } from './reader.ts'
import { columnsFor } from './sample.ts'
import { compareFiles, readStoredFiles } from './stored-files.ts'
import { START, type PlannedFile, type Position, type Prepare, type Unit } from './unit.ts'

export interface UnitsWork {
  readonly order: ImportOrder
  /** Those to read. */
  readonly files: readonly PlannedFile[]
  readonly schema: RowsSchema
  readonly embedding: Embedding | undefined
  readonly reader: Reader
  readonly env: TaskEnv
  readonly position: Position
  /** Most rows of a file; absent = all. */
  readonly maxRows?: number
}

/** The rows of an import in the columns that are written, from a position on. */
export function unitsOf(work: UnitsWork): AsyncGenerator<Unit> {
  const { order, files, schema, embedding, reader, env, position, maxRows } = work
  const { rows } = order.spec
  const { context, signal } = env
  const align = createAligner(schema, new Map(order.sources))
  const prepare: Prepare = (batch) => ({
    batch: align(batch),
    texts: embedding === undefined ? undefined : textsOf(batch, embedding.source),
  })
  if (rows.kind !== 'tables') {
    const canSplit = order.way.kind !== 'files'
    return readWholeFiles({ reader, files, rows, from: position, maxRows, canSplit, prepare, signal })
  }
  return readTables({
    context,
    reader,
    files,
    rows,
    columnsOf: columnsFor(rows, order.columns),
    from: position,
    ...(maxRows === undefined ? {} : { maxRows }),
    prepare,
    signal,
  })
}

export interface Changes {
  readonly files: readonly PlannedFile[]
  readonly gone: readonly string[]
  /** What it means for the counts. */
  readonly counts: Partial<Progress>
}

/** What there is to read: all files, or those that are not in the dataset as they are. */
export async function changesToMake(
  { spec, way, files, leftOut = [], truncated = false }: ImportOrder,
  dataset: OpenDataset,
  { commits }: Progress,
  { context, signal, report }: TaskEnv,
): Promise<Changes> {
  if (way.kind !== 'files' || spec.target.kind !== 'existing') return { files, gone: [], counts: {} }
  const stored = await readStoredFiles(context, dataset, way.columns, signal)
  const names = new Set([...leftOut.map(({ name }) => name), ...(spec.sources.exclude ?? [])])
  const unread = { names, truncated }
  const { toWrite, gone, unchanged, unchangedRows } = await compareFiles(files, unread, stored, signal, (done) =>
    report({ done, total: files.length, unit: 'files', note: 'Comparing files' }),
  )
  // Going on, what was written so far is unchanged by now, and what failed comes again.
  const again = { position: START, filesFailed: [] }
  const counts = commits === 0 ? { ...again, filesDone: unchanged, rowsSkipped: unchangedRows } : again
  return { files: toWrite, gone, counts }
}
