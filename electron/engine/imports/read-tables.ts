import { AppError, isCancelled } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { TableKind } from '#shared/model/import/source.ts'
import type { TableRows } from '#shared/model/import/spec.ts'
import { DEFAULT_NULL_TOKENS, type ColumnPlan } from '#shared/model/import/tables.ts'
import type { EngineContext } from '../context.ts'
import { decodeRows, readWhole, readWithBlobs } from '../lance/index.ts'
import { bytesPerRow, openView } from '../rows/index.ts'
import type { TableBatch, TablePlan } from '../parsing/index.ts'
import { readAhead } from './read-ahead.ts'
import { AHEAD_BYTES } from './limits.ts'
import { reasonOf } from './read-files.ts'
import { isWorthRanges, readRanges, type TableToRead } from './read-ranges.ts'
import { lanesFor, lanesOf, type Lane, type Reader } from './reader.ts'
import { emptyUnit, type PlannedFile, type Position, type Prepare, type Unit } from './unit.ts'

/** Rows of a dataset that is read, at once. */
const WINDOW_BYTES = 16 * 1024 * 1024
const WINDOW_ROWS = 65_536
const READ_TIMEOUT_MS = 120_000

/** Largest file that is read ahead of its turn. */
const AHEAD_FILE_BYTES = 8 * 1024 * 1024
/** What packed files unpack to, about. */
const UNPACKED = 10

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

/** Rows of tables, file by file. Small files are read ahead where there are several threads, and a large text in ranges. */
export async function* readTables(work: TablesToRead): AsyncGenerator<Unit> {
  const { reader, files, from, signal } = work
  const all = lanesOf(reader)
  const rest = files.slice(from.file).map((source, index): FileAt => {
    return { source, at: { file: from.file + index, skip: index === 0 ? from.skip : 0 } }
  })
  const lanes = lanesFor(
    reader,
    rest.map(({ source }) => source),
  )
  if (lanes.length === 1) {
    for (const { source, at } of rest) {
      signal.throwIfAborted()
      yield* guardFile(readOne(work, source, at, all, signal), source, at, work)
    }
    return
  }
  const options = { lanes: lanes.length, weigh: weightOf, maxWeight: AHEAD_BYTES, signal }
  const begun = readAhead(rest, options, async ({ source, at }, lane, until) => {
    if (weightOf({ source }) > AHEAD_FILE_BYTES) return { source, at, units: readOne(work, source, at, all, until) }
    const units = readOne(work, source, at, [lanes[lane] ?? lanes[0]], until)
    return { source, at, units: await readOn(units, AHEAD_FILE_BYTES) }
  })
  for await (const { source, at, units } of begun) {
    signal.throwIfAborted()
    yield* guardFile(units, source, at, work)
  }
}

interface FileAt {
  readonly source: PlannedFile
  readonly at: Position
}

/** Bytes a file holds when it is read, about; a dataset is not read ahead. */
function weightOf({ source: { kind, bytes, compression } }: Pick<FileAt, 'source'>): number {
  if (kind === 'lance') return AHEAD_BYTES
  return compression === undefined && kind !== 'xlsx' ? bytes : bytes * UNPACKED
}

function readOne(
  work: TablesToRead,
  source: PlannedFile,
  at: Position,
  lanes: readonly [Lane, ...Lane[]],
  signal: AbortSignal,
): AsyncGenerator<Unit> {
  if (source.kind === 'lance') return readDataset(work, source, at)
  const plan = { ...tablePlan(source, work.rows, work.columnsOf(source)), skipRows: at.skip, maxRows: work.maxRows }
  return readFile(lanes, plan, { file: at.file, bytes: source.bytes }, signal)
}

/** Takes units until they hold so much; those behind are read when they are asked for. A failure comes in its place. */
async function readOn(units: AsyncGenerator<Unit>, maxBytes: number): Promise<AsyncGenerator<Unit>> {
  const taken: Unit[] = []
  let failed: { readonly error: unknown } | undefined
  try {
    for (let bytes = 0; bytes < maxBytes;) {
      const next = await units.next()
      if (next.done === true) break
      taken.push(next.value)
      bytes += next.value.byteLength
    }
  } catch (error) {
    failed = { error }
  }
  async function* all(): AsyncGenerator<Unit> {
    yield* taken
    if (failed !== undefined) throw failed.error
    yield* units
  }
  return all()
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
    const kept = rows === 0 ? '' : ` The ${formatCount(rows)} rows before that were imported.`
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
    ...(short === 0 ? [] : [`${formatCount(short)} ${ends} null.`]),
    ...(comments === 0 ? [] : [`${formatCount(comments)} ${lines} left out.`]),
  ]
}

async function* readFile(
  lanes: readonly [Lane, ...Lane[]],
  plan: TablePlan,
  { file, bytes }: { readonly file: number; readonly bytes: number },
  signal: AbortSignal,
): AsyncGenerator<Unit> {
  // Going on in the middle, what lies before was counted when it was read.
  let bytesBefore = plan.skipRows > 0 ? Number.POSITIVE_INFINITY : 0
  for await (const batch of readBatches(lanes, { plan, bytes }, signal)) {
    const {
      arrow,
      rows,
      badRows: bad,
      rejects,
      badCount,
      shortRows = 0,
      commentLines = 0,
      sourceRows,
      bytesRead,
    } = batch
    yield {
      ...emptyUnit({ file, skip: sourceRows }),
      batches: rows === 0 ? [] : decodeRows(arrow).map((batch) => ({ batch })),
      byteLength: arrow.byteLength,
      bytesRead: Math.max(0, bytesRead - bytesBefore),
      bad,
      rejects,
      badCount,
      shortRows,
      commentLines,
    }
    bytesBefore = bytesRead
  }
}

async function* readBatches(
  lanes: readonly [Lane, ...Lane[]],
  table: TableToRead,
  signal: AbortSignal,
): AsyncGenerator<TableBatch> {
  const { plan, bytes } = table
  const about = { name: plan.name, kind: plan.kind, compression: plan.compression, bytes }
  const layout = isWorthRanges(table, lanes) ? await lanes[0].call('table.layout', plan, about, signal) : null
  if (layout === null) yield* lanes[0].stream('table.read', plan, about, signal)
  else yield* readRanges(table, layout, lanes, signal)
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
