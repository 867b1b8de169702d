import { setMaxListeners } from 'node:events'
import { stat } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { FailedFile, ImportLogLine, ImportResult } from '#shared/model/import/result.ts'
import { findAppend } from '../appends/index.ts'
import type { OpenDataset } from '../context.ts'
import type { Task, TaskEnv } from '../jobs/index.ts'
import { thisRun } from '../ledger/index.ts'
import { foldIndices, nativeWriterFor, schemaOfFile } from '../lance/index.ts'
import { Parsers } from '../parsing/index.ts'
import { withFileLock } from '../store/file-lock.ts'
import { BatchWriter } from './batch-writer.ts'
import type { Embedding } from './embed-plan.ts'
import { Journal, progressAt, type ImportOrder, type Progress, type Tracked } from './journal.ts'
import type { Reader } from './reader.ts'
import { changesToMake, unitsOf } from './source-units.ts'
import { START, type Unit } from './unit.ts'
import { writeUnits } from './write-units.ts'

export interface ImportInput {
  readonly import: string
  /** Not on disk: it may hold a key. */
  readonly embedding?: Embedding | undefined
}

const RUNNING = { doing: 'running this import', patienceMs: 3000 } as const

/** Runs an import, or goes on with one, as its journal says. */
export const importTask: Task<ImportInput, ImportResult> = (input, env) => {
  const reader = new Parsers()
  // A thread takes about as long to start as opening the dataset does.
  reader.start()
  return runImportTask(input, env, reader)
}

export async function runImportTask(
  { import: id, embedding }: ImportInput,
  env: TaskEnv,
  reader: Reader,
): Promise<ImportResult> {
  // Every question to the parser listens for its end.
  setMaxListeners(0, env.signal)
  const journal = new Journal(env.context.paths.dataDir, id)
  try {
    return await withFileLock(journal.lockPath, RUNNING, async () => {
      const result = await importAll(journal, embedding, env, reader)
      await journal.writeState({ state: 'done', run: thisRun, endedAt: new Date().toISOString(), result })
      return result
    })
  } finally {
    await reader.close()
  }
}

async function importAll(
  journal: Journal,
  embedding: Embedding | undefined,
  env: TaskEnv,
  reader: Reader,
): Promise<ImportResult> {
  const { context, signal } = env
  const order = await journal.readOrder()
  const schema = schemaOfFile(Buffer.from(order.schema, 'base64'))
  const tracked = await journal.readTracked()
  // What is in a dataset decides where to begin only when the import goes on, or updates the rows of files.
  const readsAll = tracked === undefined && order.way.kind !== 'files'
  const sources = { order, files: order.files, schema, embedding, reader, env, position: START }
  const early = readsAll ? begin(unitsOf(sources)) : undefined
  const dataset = await context.datasets.open(order.location)
  const writer = new BatchWriter(context, dataset, journal, order.way, schema)
  const start = await settle(tracked, order, dataset, env, writer.proofColumns)
  const isResumed = tracked !== undefined
  if (isResumed) await checkSources(order, start, journal)
  await journal.cutRejects(start.rejectBytes)
  const began = performance.now() - start.elapsedMs
  const changes = await changesToMake(order, dataset, start, env)
  const first = { ...start, ...changes.counts }
  await journal.track({ done: first })
  await journal.log(
    isResumed
      ? [{ level: 'info', message: 'Going on from the last commit.' }]
      : [beginning(order), ...unreadLines(order)],
  )
  const units = early ?? unitsOf({ ...sources, files: changes.files, position: first.position })
  const work = { order, dataset, schema, embedding, journal, writer, units, env, beganMs: began, isResumed, reader }
  let done = await writeUnits(work, first)
  if (order.spec.target.kind === 'existing' && order.spec.target.gone === 'delete' && changes.gone.length > 0) {
    const after = { ...done, version: done.version + 1 }
    await journal.track({ done, intent: { base: done.version, rows: 0, atMs: Date.now(), after } })
    const { rows, version } = await writer.deleteFiles(changes.gone)
    done = { ...done, rowsDeleted: done.rowsDeleted + rows, version: version ?? done.version }
    await journal.track({ done })
    await journal.log(
      changes.gone.map((file) => ({ level: 'info', file, message: 'It is gone; its rows were deleted.' })),
    )
  }
  if (done.rowsWritten === 0 && done.filesDone === 0) throw nothingRead(done)
  signal.throwIfAborted()
  const compacted = await compact(order, dataset, env, done)
  done = { ...done, version: compacted ?? done.version, elapsedMs: performance.now() - began }
  await journal.track({ done })
  return toResult(order, journal, done, compacted !== undefined)
}

/** Begins to read before the first unit is asked for. What fails by then is told when it is. */
function begin(units: AsyncGenerator<Unit>): AsyncGenerator<Unit> {
  const first = units.next()
  first.catch(() => undefined)
  async function* all(): AsyncGenerator<Unit> {
    const { done, value } = await first
    if (done === true) return
    yield value
    yield* units
  }
  return all()
}

type Line = Omit<ImportLogLine, 'at'>

function beginning({ files }: ImportOrder): Line {
  const count = files.length === 1 ? 'one file' : `${formatCount(files.length)} files`
  return { level: 'info', message: `Importing ${count}.` }
}

function unreadLines({ leftOut = [] }: ImportOrder): readonly Line[] {
  return leftOut.map(({ name, reason, isFailed }) => ({
    level: isFailed ? 'error' : 'warning',
    file: name,
    message: isFailed ? reason : `Left out: ${reason}`,
  }))
}

function failedBefore({ leftOut = [] }: ImportOrder): readonly FailedFile[] {
  return leftOut.flatMap(({ name, reason, isFailed }) => (isFailed ? [{ name, reason }] : []))
}

/** Where to begin: behind the last commit, and behind one that was under way when the process ended if it was made. */
async function settle(
  tracked: Tracked | undefined,
  { versionBefore }: ImportOrder,
  dataset: OpenDataset,
  { context }: TaskEnv,
  columns: readonly string[],
): Promise<Progress> {
  if (tracked === undefined) return progressAt(versionBefore)
  const { done, intent } = tracked
  const { version: newest } = await dataset.resolve()
  if (newest < done.version) throw otherDataset(dataset, done.version)
  // Made or not, it is made again and changes nothing; that it is its own must not be forgotten.
  if (intent?.proof === undefined) return newest === intent?.after.version ? { ...done, version: newest } : done
  const proof = { base: intent.base, rows: intent.rows, ...intent.proof }
  const version = await findAppend(context, dataset, proof, columns)
  return version === undefined ? done : { ...intent.after, version }
}

/** Sources that changed since the import began: one read in part cannot be gone on with. */
async function checkSources({ files, way }: ImportOrder, { position }: Progress, journal: Journal): Promise<void> {
  if (way.kind === 'files') return
  const lines: Omit<ImportLogLine, 'at'>[] = []
  for (const [index, file] of files.entries()) {
    if (index < position.file || file.kind === 'lance') continue
    const now = await stat(file.path).catch(() => undefined)
    if (now !== undefined && now.size === file.bytes && now.mtimeMs === file.mtimeMs) continue
    if (index === position.file && position.skip > 0) throw changedSource(file.name, position.skip)
    const message =
      now === undefined
        ? 'It is gone since the import began.'
        : 'It changed since the import began; it is read as it is now.'
    lines.push({ level: 'warning', file: file.name, message })
  }
  await journal.log(lines)
}

async function compact(
  { spec }: ImportOrder,
  dataset: OpenDataset,
  { context, report }: TaskEnv,
  { bytesRead }: Progress,
): Promise<number | undefined> {
  if (spec.compactAtEnd !== true) return undefined
  report({ done: bytesRead, total: bytesRead, unit: 'bytes', note: 'Compacting fragments' })
  const { version } = await foldIndices(nativeWriterFor(context.paths.dataDir), dataset)
  return version
}

function toResult(order: ImportOrder, { rejectPath, id }: Journal, done: Progress, compacted: boolean): ImportResult {
  return {
    import: id,
    location: order.location,
    rowsWritten: done.rowsWritten,
    rowsSkipped: done.rowsSkipped,
    rowsRejected: done.rowsRejected,
    rowsDeleted: done.rowsDeleted,
    filesDone: done.filesDone,
    filesFailed: [...failedBefore(order), ...done.filesFailed],
    bytesRead: done.bytesRead,
    elapsedMs: done.elapsedMs,
    versions: { before: order.versionBefore, after: done.version },
    ...(done.rejectBytes === 0 ? {} : { rejectFile: rejectPath }),
    compacted,
  }
}

function nothingRead({ filesFailed }: Progress): AppError {
  const [first] = filesFailed
  return new AppError({
    code: 'unreadable-source',
    message: `None of the files could be read${first === undefined ? '.' : `. "${first.name}": ${first.reason}`}`,
    hint: 'Look at the log of the import.',
    detail: { filesFailed: filesFailed.slice(0, 20) },
  })
}

function changedSource(name: string, rows: number): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `"${name}" changed since the import was interrupted, after ${formatCount(rows)} of its rows had been imported.`,
    hint: 'Undo the import and begin it again.',
    detail: { name },
  })
}

function otherDataset({ location }: OpenDataset, version: number): AppError {
  return new AppError({
    code: 'version-not-found',
    message: `Version ${version}, which this import made, is not in ${location}.`,
    hint: 'The dataset was replaced or rebuilt since. Begin the import again.',
    detail: { version },
  })
}
