import { formatNoun } from '#shared/model/format.ts'
import type { ImportLogLine } from '#shared/model/import/result.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { OpenDataset } from '../context.ts'
import { openBulkEmbedder, type BulkEmbedder } from '../embedders/index.ts'
import type { TaskEnv } from '../jobs/index.ts'
import { pickFromBatch, sizeOfBatch, withVectors, type RowsBatch, type RowsSchema } from '../lance/index.ts'
import type { BatchWriter, Reading } from './batch-writer.ts'
import { CommitLine } from './commit-line.ts'
import { isCommitDue } from './commit-size.ts'
import { Deduper } from './duplicates.ts'
import { embedAll, type Embedding } from './embed-plan.ts'
import type { ImportOrder, Journal, Progress } from './journal.ts'
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
  const line = new CommitLine(writer, start)
  let read = readingOf(start)
  let gathered = nothing(read)
  const flush = (): Promise<void> => {
    const { batches, whole } = gathered
    const reading = { ...read, elapsedMs: performance.now() - beganMs }
    read = readingOf(reading)
    gathered = nothing(read)
    return line.push({ batches, whole, reading })
  }
  try {
    for await (const unit of units) {
      env.signal.throwIfAborted()
      line.check()
      const before = read.rowsSkipped
      for (const part of unit.batches) {
        const kept = await keep(part, deduper, embedder, work)
        read = { ...read, rowsSkipped: read.rowsSkipped + part.batch.rows - (kept?.rows ?? 0) }
        if (kept === undefined) continue
        gathered.batches.push(kept)
        gathered.bytes += sizeOfBatch(kept)
        gathered.rows += kept.rows
      }
      gathered.whole.push(...unit.whole)
      gathered.units++
      const rejectBytes = await rejectRows(work, unit, read.rejectBytes)
      read = add(read, unit, rejectBytes)
      await journal.log(linesOf(unit, read.rowsSkipped - before))
      const isDue = isCommitDue({
        rows: gathered.rows,
        bytes: gathered.bytes,
        files: gathered.whole.length,
        bytesRead: read.bytesRead - gathered.bytesBefore,
        bytesLeft: totalBytes - read.bytesRead,
        commits: line.commits,
        isIdle: line.isIdle,
      })
      if (isDue) await flush()
      tell(env, read, line.done.rowsWritten + line.rowsUnderWay + gathered.rows, totalBytes, beganMs)
    }
    if (gathered.units > 0) await flush()
  } finally {
    await line.settle()
  }
  line.check()
  return line.done
}

/** Behind a commit: as far as it came, with counts of its own. */
function readingOf({ position, filesDone, filesFailed, bytesRead, rejectBytes, elapsedMs }: Reading): Reading {
  return { position, filesDone, filesFailed, bytesRead, rejectBytes, elapsedMs, rowsSkipped: 0, rowsRejected: 0 }
}

/** What the next commit is made of. */
interface Gathering {
  readonly batches: RowsBatch[]
  readonly whole: string[]
  rows: number
  bytes: number
  units: number
  /** Of the sources, read for the commits before. */
  readonly bytesBefore: number
}

function nothing({ bytesRead }: Reading): Gathering {
  return { batches: [], whole: [], rows: 0, bytes: 0, units: 0, bytesBefore: bytesRead }
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

function add(reading: Reading, unit: Unit, rejectBytes: number): Reading {
  return {
    ...reading,
    position: unit.after,
    rowsRejected: reading.rowsRejected + unit.badCount,
    filesDone: reading.filesDone + unit.done.length,
    filesFailed: unit.failed.length === 0 ? reading.filesFailed : [...reading.filesFailed, ...unit.failed],
    bytesRead: reading.bytesRead + unit.bytesRead,
    rejectBytes,
  }
}

function linesOf({ done, failed, noted, bad, badCount }: Unit, skipped: number): readonly Omit<ImportLogLine, 'at'>[] {
  const lines: Omit<ImportLogLine, 'at'>[] = []
  for (const { name, reason } of failed) lines.push({ level: 'error', file: name, message: reason })
  for (const { name, reason } of noted) lines.push({ level: 'warning', file: name, message: reason })
  for (const row of bad.slice(0, MAX_LOGGED)) lines.push({ level: 'warning', file: row.file, message: describe(row) })
  if (badCount > MAX_LOGGED) lines.push({ level: 'warning', message: `And ${badCount - MAX_LOGGED} more.` })
  if (skipped > 0) lines.push({ level: 'info', message: `${formatNoun(skipped, 'row')} came before.` })
  for (const { name, rows, remarks = [] } of done) {
    for (const message of remarks) lines.push({ level: 'info', file: name, message })
    lines.push({ level: 'info', file: name, message: `${formatNoun(rows, 'row')}.` })
  }
  return lines
}

function describe({ line, column, reason }: BadRow): string {
  return `Line ${line}${column === undefined ? '' : `, "${column}"`}: ${reason}`
}

function tell({ report }: TaskEnv, progress: Reading, rows: number, totalBytes: number, beganMs: number): void {
  const seconds = Math.max(0.001, (performance.now() - beganMs) / 1000)
  const rate = Math.round(progress.bytesRead / seconds / 1e5) / 10
  report({
    done: Math.min(progress.bytesRead, totalBytes),
    total: totalBytes,
    unit: 'bytes',
    note: `${formatNoun(rows, 'row')}, ${formatNoun(progress.filesDone, 'file')}, ${rate} MB/s`,
  })
}
