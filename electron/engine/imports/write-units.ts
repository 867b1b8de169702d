import { formatCount } from '#shared/model/format.ts'
import type { ImportLogLine } from '#shared/model/import/result.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { OpenDataset } from '../context.ts'
import { openBulkEmbedder, type BulkEmbedder } from '../embedders/index.ts'
import type { TaskEnv } from '../jobs/index.ts'
import { pickFromBatch, sizeOfBatch, withVectors, type RowsBatch, type RowsSchema } from '../lance/index.ts'
import type { BatchWriter } from './batch-writer.ts'
import { Deduper } from './duplicates.ts'
import { embedAll, type Embedding } from './embed-plan.ts'
import type { ImportOrder, Journal, Progress } from './journal.ts'
import { COMMIT_BYTES, COMMIT_FILES, COMMIT_ROWS } from './limits.ts'
import type { Reader } from './reader.ts'
import { unitsOf } from './source-units.ts'
import { START, type RowsWithTexts, type Unit } from './unit.ts'

/** Bad rows told one by one in the log. */
const MAX_LOGGED = 20

export interface WriteWork {
  readonly order: ImportOrder
  readonly dataset: OpenDataset
  readonly schema: RowsSchema
  readonly embedding: Embedding | undefined
  readonly journal: Journal
  readonly writer: BatchWriter
  readonly units: AsyncGenerator<Unit>
  readonly env: TaskEnv
  /** On the clock of `performance`, less what ran before it was interrupted. */
  readonly beganMs: number
  readonly isResumed: boolean
  readonly reader: Reader
}

/** Gathers units into commits until there are no more; what is done then. */
export async function writeUnits(work: WriteWork, start: Progress): Promise<Progress> {
  const { journal, writer, units, env, beganMs, order } = work
  const deduper = await openDeduper(work, start)
  const embedder = work.embedding === undefined ? undefined : openBulkEmbedder(work.embedding.embedder)
  const totalBytes = order.files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = start
  let [pending, batches, whole]: [Progress, RowsBatch[], string[]] = [start, [], []]
  let [bytes, rows] = [0, 0]
  const flush = async (): Promise<void> => {
    const elapsedMs = performance.now() - beganMs
    done = await writer.commit({ batches, whole }, done, { ...pending, elapsedMs })
    pending = done
    batches = []
    whole = []
    ;[bytes, rows] = [0, 0]
  }
  for await (const unit of units) {
    env.signal.throwIfAborted()
    const before = pending.rowsSkipped
    for (const part of unit.batches) {
      const kept = await keep(part, deduper, embedder, work)
      pending = { ...pending, rowsSkipped: pending.rowsSkipped + part.batch.rows - (kept?.rows ?? 0) }
      if (kept === undefined) continue
      batches.push(kept)
      bytes += sizeOfBatch(kept)
      rows += kept.rows
    }
    whole.push(...unit.whole)
    const rejectBytes = await rejectRows(work, unit, pending.rejectBytes)
    pending = add(pending, unit, rejectBytes)
    await journal.log(linesOf(unit, pending.rowsSkipped - before))
    const isLarge = bytes >= COMMIT_BYTES || rows >= COMMIT_ROWS || whole.length >= COMMIT_FILES
    if (isLarge) await flush()
    tell(env, pending, rows, totalBytes, beganMs)
  }
  if (pending !== done) await flush()
  return done
}

/** The rows of a batch that are to be written, with their vectors; undefined when there are none. */
async function keep(
  { batch, texts }: RowsWithTexts,
  deduper: Deduper | undefined,
  embedder: BulkEmbedder | undefined,
  { embedding, order, env, journal }: WriteWork,
): Promise<RowsBatch | undefined> {
  const picked = deduper?.filter(batch)
  if (picked?.length === 0) return undefined
  const rows = picked === undefined ? batch : pickFromBatch(batch, picked)
  if (embedder === undefined || embedding === undefined || texts === undefined) return rows
  const wanted = picked === undefined ? texts : Array.from(picked, (row) => texts[row] ?? null)
  const { vectors, refused } = await embedAll(embedder, embedding, wanted, env.signal)
  if (refused !== undefined) {
    const message = `The embedder does not take ${refused.count} texts; they have no vector. ${refused.reason}`
    await journal.log([{ level: 'warning', message }])
  }
  const column = vectorsOf(order, embedding)
  return column === undefined ? rows : withVectors(rows, column, embedding.column.dimension, vectors)
}

/** Column of the dataset the vectors go to. */
function vectorsOf({ sources }: ImportOrder, { column }: Embedding): string | undefined {
  return sources.find(([, source]) => source === column.name)?.[0]
}

/** Knows the rows that came before: of the dataset, or read once more. */
async function openDeduper(work: WriteWork, start: Progress): Promise<Deduper | undefined> {
  const { order, dataset, schema, env, isResumed, embedding } = work
  const { duplicates, target } = order.spec
  if (duplicates === undefined || order.way.kind === 'files') return undefined
  const isByLater = order.way.kind === 'merge' && duplicates.keep === 'last' && duplicates.by !== 'content'
  if (isByLater) return undefined
  const deduper = new Deduper(schema, duplicates, embedding === undefined ? undefined : vectorsOf(order, embedding))
  const isAppended = target.kind === 'existing' && target.mode === 'append'
  if (isAppended || (isResumed && order.way.kind === 'append' && start.commits > 0)) {
    env.report({ done: 0, total: null, unit: 'rows', note: 'Reading the rows that are there' })
    await deduper.learn(env.context, dataset, env.signal)
  } else if (isResumed) await readAgain(work, deduper, start)
  return deduper
}

/** Where rows that came before may have been replaced since, the sources tell. */
async function readAgain(work: WriteWork, deduper: Deduper, { position }: Progress): Promise<void> {
  const { order, schema, reader, env } = work
  const { file, skip } = position
  const base = { order, schema, embedding: undefined, reader, env, position: START }
  const last = order.files[file]
  const readings = [unitsOf({ ...base, files: order.files.slice(0, file) })]
  if (last !== undefined && skip > 0) readings.push(unitsOf({ ...base, files: [last], maxRows: skip }))
  for (const units of readings) {
    for await (const unit of units) for (const { batch } of unit.batches) deduper.filter(batch)
  }
}

async function rejectRows({ journal }: WriteWork, { rejects }: Unit, before: number): Promise<number> {
  return rejects.length === 0 ? before : journal.reject(rejects)
}

function add(progress: Progress, unit: Unit, rejectBytes: number): Progress {
  return {
    ...progress,
    position: unit.after,
    rowsRejected: progress.rowsRejected + unit.badCount,
    filesDone: progress.filesDone + unit.done.length,
    filesFailed: unit.failed.length === 0 ? progress.filesFailed : [...progress.filesFailed, ...unit.failed],
    bytesRead: progress.bytesRead + unit.bytesRead,
    rejectBytes,
  }
}

function linesOf({ done, failed, noted, bad, badCount }: Unit, skipped: number): readonly Omit<ImportLogLine, 'at'>[] {
  const lines: Omit<ImportLogLine, 'at'>[] = []
  for (const { name, reason } of failed) lines.push({ level: 'error', file: name, message: reason })
  for (const { name, reason } of noted) lines.push({ level: 'warning', file: name, message: reason })
  for (const row of bad.slice(0, MAX_LOGGED)) lines.push({ level: 'warning', file: row.file, message: describe(row) })
  if (badCount > MAX_LOGGED) lines.push({ level: 'warning', message: `And ${badCount - MAX_LOGGED} more.` })
  if (skipped > 0) lines.push({ level: 'info', message: `${formatCount(skipped)} rows came before.` })
  for (const { name, rows, remarks = [] } of done) {
    for (const message of remarks) lines.push({ level: 'info', file: name, message })
    lines.push({ level: 'info', file: name, message: `${formatCount(rows)} rows.` })
  }
  return lines
}

function describe({ line, column, reason }: BadRow): string {
  return `Line ${line}${column === undefined ? '' : `, "${column}"`}: ${reason}`
}

function tell({ report }: TaskEnv, progress: Progress, rows: number, totalBytes: number, beganMs: number): void {
  const seconds = Math.max(0.001, (performance.now() - beganMs) / 1000)
  const written = progress.rowsWritten + rows
  const rate = Math.round(progress.bytesRead / seconds / 1e5) / 10
  report({
    done: Math.min(progress.bytesRead, totalBytes),
    total: totalBytes,
    unit: 'bytes',
    note: `${formatCount(written)} rows, ${formatCount(progress.filesDone)} ${progress.filesDone === 1 ? 'file' : 'files'}, ${rate} MB/s`,
  })
}
