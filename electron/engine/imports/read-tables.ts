import { AppError, isCancelled } from '#shared/errors.ts'
import type { TableKind } from '#shared/model/import/source.ts'
import type { TableRows } from '#shared/model/import/spec.ts'
import { DEFAULT_NULL_TOKENS, type ColumnPlan } from '#shared/model/import/tables.ts'
import type { EngineContext } from '../context.ts'
import { decodeRows, readWhole, readWithBlobs } from '../lance/index.ts'
import { bytesPerRow, openView } from '../rows/index.ts'
import type { TablePlan } from '../parsing/index.ts'
import { reasonOf } from './read-files.ts'
import type { Reader } from './reader.ts'
import { emptyUnit, type PlannedFile, type Position, type Prepare, type Unit } from './unit.ts'

/** Rows of a dataset that is read, at once. */
const WINDOW_BYTES = 16 * 1024 * 1024
const WINDOW_ROWS = 65_536
const READ_TIMEOUT_MS = 120_000

export interface TablesToRead {
  readonly context: EngineContext
  readonly reader: Reader
  readonly files: readonly PlannedFile[]
  readonly rows: TableRows
  /** What a file is read with; undefined = as the file has it. */
  columnsOf(file: PlannedFile): readonly ColumnPlan[] | undefined
  readonly from: Position
  /** Most rows of a file; absent = all. */
  readonly maxRows?: number
  /** Brings a batch into the columns that are written; failing costs the file. Absent = rows stay as they come. */
  readonly prepare?: Prepare
  readonly signal: AbortSignal
}

/** Rows of tables, file by file. */
export async function* readTables(work: TablesToRead): AsyncGenerator<Unit> {
  const { reader, files, rows, columnsOf, from, maxRows, signal } = work
  for (let file = from.file; file < files.length; file++) {
    signal.throwIfAborted()
    const at = { file, skip: file === from.file ? from.skip : 0 }
    const source = files[file] as PlannedFile
    const plan = { ...tablePlan(source, rows, columnsOf(source)), maxRows }
    const units =
      source.kind === 'lance'
        ? readDataset(work, source, at)
        : readFile(reader, plan, { ...at, bytes: source.bytes }, signal)
    yield* guardFile(units, source, at, work)
  }
}

export function tablePlan(
  { path, name, kind, compression }: PlannedFile,
  { reading, nullTokens = DEFAULT_NULL_TOKENS, badRows }: TableRows,
  columns: readonly ColumnPlan[] | undefined,
): Omit<TablePlan, 'skipRows'> {
  return { path, name, kind: kind as TableKind, compression, reading, columns, nullTokens, badRows }
}

/** A file that breaks costs that file: what was read of it stays, and the import goes on behind it. */
async function* guardFile(
  units: AsyncGenerator<Unit>,
  { name, bytes }: PlannedFile,
  from: Position,
  { rows: { badRows }, prepare, signal }: TablesToRead,
): AsyncGenerator<Unit> {
  let rows = 0
  let bytesRead = 0
  let [short, comments] = [0, 0]
  const after = { file: from.file + 1, skip: 0 }
  try {
    for await (const unit of units) {
      rows += unit.batches.reduce((sum, { batch }) => sum + batch.rows, 0)
      bytesRead += unit.bytesRead
      short += unit.shortRows
      comments += unit.commentLines
      yield prepare === undefined ? unit : { ...unit, batches: unit.batches.map(({ batch }) => prepare(batch)) }
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) throw error
    // What stops on a bad row is meant to stop everything.
    if (badRows === 'stop' && error instanceof AppError && error.code === 'bad-rows') throw error
    const kept = rows === 0 ? '' : ` The ${rows.toLocaleString('en-US')} rows before that were imported.`
    const failed = [{ name, reason: `${reasonOf(error)}${kept}` }]
    yield { ...emptyUnit(after), failed, bytesRead: Math.max(0, bytes - bytesRead) }
    return
  }
  yield {
    ...emptyUnit(after),
    done: [{ name, rows, remarks: remarksOf(short, comments) }],
    bytesRead: from.skip === 0 ? Math.max(0, bytes - bytesRead) : 0,
  }
}

function remarksOf(short: number, comments: number): readonly string[] {
  const ends = short === 1 ? 'row ends early; what it lacks is' : 'rows end early; what they lack is'
  const lines = comments === 1 ? 'comment line was' : 'comment lines were'
  return [
    ...(short === 0 ? [] : [`${short.toLocaleString('en-US')} ${ends} null.`]),
    ...(comments === 0 ? [] : [`${comments.toLocaleString('en-US')} ${lines} left out.`]),
  ]
}

async function* readFile(
  reader: Reader,
  plan: Omit<TablePlan, 'skipRows'>,
  { file, skip, bytes }: Position & { readonly bytes: number },
  signal: AbortSignal,
): AsyncGenerator<Unit> {
  const about = { name: plan.name, kind: plan.kind, compression: plan.compression, bytes }
  // Going on in the middle, what lies before was counted when it was read.
  let bytesBefore = skip > 0 ? Number.POSITIVE_INFINITY : 0
  for await (const batch of reader.stream('table.read', { ...plan, skipRows: skip }, about, signal)) {
    const { arrow, rows, badRows: bad, badCount, shortRows = 0, commentLines = 0, sourceRows, bytesRead } = batch
    yield {
      ...emptyUnit({ file, skip: sourceRows }),
      batches: rows === 0 ? [] : decodeRows(arrow).map((batch) => ({ batch })),
      byteLength: arrow.byteLength,
      bytesRead: Math.max(0, bytesRead - bytesBefore),
      bad,
      badCount,
      shortRows,
      commentLines,
    }
    bytesBefore = bytesRead
  }
}

async function* readDataset(
  { context, maxRows = Number.POSITIVE_INFINITY, signal }: TablesToRead,
  { path, version }: PlannedFile,
  { file, skip }: Position,
): AsyncGenerator<Unit> {
  const dataset = await context.datasets.open(path)
  const view = await openView(context, {
    dataset: dataset.handle,
    ...(version === undefined ? {} : { ref: { version } }),
  })
  const { manifest, table } = view
  const perRow = bytesPerRow(manifest)
  const blobs = manifest.schema
    .filter(({ metadata }) => metadata['ARROW:extension:name'] === 'lance.blob.v2')
    .map(({ name }) => name)
  const step = Math.max(1, Math.min(WINDOW_ROWS, Math.floor(WINDOW_BYTES / Math.max(1, perRow))))
  const total = Math.min(maxRows, await table.countRows(undefined, READ_TIMEOUT_MS))
  for (let offset = skip; offset < total;) {
    const window = { offset, limit: Math.min(step, total - offset) }
    const parts =
      blobs.length > 0
        ? readWithBlobs(table, window, blobs, READ_TIMEOUT_MS)
        : readWhole(table, window, { batchRows: window.limit, timeoutMs: READ_TIMEOUT_MS })
    for await (const { bytes, rows } of parts) {
      signal.throwIfAborted()
      offset += rows
      yield {
        ...emptyUnit({ file, skip: offset }),
        batches: decodeRows(bytes).map((batch) => ({ batch })),
        byteLength: bytes.byteLength,
        bytesRead: Math.round(rows * perRow),
      }
    }
  }
}
