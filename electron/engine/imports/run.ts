import { rm } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { ImportRecord, ImportResult } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { JobEvent, JobInfo } from '#shared/model/job.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { jobsOf, runJob } from '../jobs/index.ts'
import { thisRun } from '../ledger/index.ts'
import { createEmpty, toSchemaFile } from '../lance/index.ts'
import { Parser } from '../parsing/index.ts'
import { tellLeftOut } from './choose-files.ts'
import { planEmbedding, type Embedding } from './embed-plan.ts'
import { Journal, newJournal, type ImportOrder } from './journal.ts'
import { checkPlan, planImport, type ImportPlan } from './plan.ts'
import { readRecord, stateOf } from './records.ts'
import { importTask } from './task.ts'
import { writeWayOf } from './write-plan.ts'

/** The jobs of imports that run in this engine. */
interface Running {
  readonly job: string
  isPausing: boolean
  /** Resolves when its end is in the journal. */
  readonly ended: Promise<void>
}

const runningByContext = new WeakMap<EngineContext, Map<string, Running>>()

function runningOf(context: EngineContext): Map<string, Running> {
  const known = runningByContext.get(context)
  if (known !== undefined) return known
  const running = new Map<string, Running>()
  runningByContext.set(context, running)
  return running
}

/** Plans an import once more, refuses it where it cannot go well, and runs it as a job. */
export async function* runImport(
  context: EngineContext,
  { spec, maxMemoryBytes }: { readonly spec: ImportSpec; readonly maxMemoryBytes?: number | undefined },
  signal: AbortSignal,
): AsyncGenerator<JobEvent<ImportResult>> {
  const reader = new Parser()
  let plan: ImportPlan
  try {
    plan = await planImport(context, reader, spec, signal)
  } finally {
    await reader.close()
  }
  checkPlan(plan)
  signal.throwIfAborted()
  const { dataset, order, journal } = await begin(context, plan)
  yield* follow(context, { dataset, order, journal, embedding: plan.embedding, maxMemoryBytes }, signal)
}

/** Goes on with an import that was paused, interrupted or failed. */
export async function* resumeImport(
  context: EngineContext,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<ImportResult>> {
  const journal = new Journal(context.paths.dataDir, id)
  const order = await journal.readOrder()
  const state = stateOf(await journal.readState())
  if (state !== 'paused' && state !== 'unfinished' && state !== 'failed') throw notResumable(state)
  const embedding = order.spec.embed === undefined ? undefined : await planEmbedding(context, order.spec.embed, signal)
  const dataset = await context.datasets.open(order.location)
  signal.throwIfAborted()
  await journal.writeState({ state: 'running', run: thisRun })
  const versionBefore = await stepBegin(order, journal, dataset)
  yield* follow(context, { dataset, order, journal, embedding, maxMemoryBytes: undefined, versionBefore }, signal)
}

/**
 * Where the one step of undo begins that an import gone on with is: before all of it, unless somebody else committed since
 * it was interrupted, whose commits must not go with it.
 */
async function stepBegin(
  { versionBefore }: ImportOrder,
  journal: Journal,
  dataset: OpenDataset,
): Promise<number | undefined> {
  const tracked = await journal.readTracked()
  if (tracked === undefined) return undefined
  const { version } = await dataset.resolve()
  const isOwn = version === tracked.done.version || version === tracked.intent?.after.version
  return isOwn ? versionBefore : undefined
}

/** Ends the process of an import; what it committed stays, and the journal knows it. */
export async function pauseImport(context: EngineContext, id: string): Promise<ImportRecord> {
  const journal = new Journal(context.paths.dataDir, id)
  const record = await readRecord(journal)
  if (record.state !== 'running') throw notRunning(record.state)
  const running = runningOf(context).get(id)
  if (running === undefined) throw runsElsewhere()
  running.isPausing = true
  await jobsOf(context).cancel(running.job)
  await running.ended
  return readRecord(journal)
}

/** Removes the journal of an import that does not run. */
export async function forgetImport(context: EngineContext, id: string): Promise<void> {
  const journal = new Journal(context.paths.dataDir, id)
  const { state } = await readRecord(journal).catch((error: unknown) => {
    // A damaged journal is what one wants to forget.
    if (error instanceof AppError && error.code === 'corrupt-data') return { state: 'failed' as const }
    throw error
  })
  if (state === 'running') {
    throw new AppError({ code: 'in-use', message: 'This import runs.', hint: 'Pause or cancel it first.' })
  }
  await journal.remove()
}

interface Begun {
  readonly dataset: OpenDataset
  readonly order: ImportOrder
  readonly journal: Journal
}

async function begin(context: EngineContext, plan: ImportPlan): Promise<Begun> {
  const { spec, target, targetPlan, files, leftOut, truncated, sample } = plan
  const { dataDir } = context.paths
  const journal = newJournal(dataDir)
  const isNew = target.kind === 'new'
  if (isNew) {
    const { parent, name } = target.place
    const made = await createEmpty(toSchemaFile(targetPlan.schema), { folder: parent, name, dataDir })
    made.close()
  }
  const dataset = target.kind === 'existing' ? target.dataset : await context.datasets.open(spec.target.location)
  const order: ImportOrder = {
    id: journal.id,
    startedAt: new Date().toISOString(),
    spec,
    location: dataset.location,
    isNew,
    versionBefore: (await dataset.resolve()).version,
    files,
    leftOut: tellLeftOut(leftOut, spec),
    truncated,
    ...(sample.columns === undefined ? {} : { columns: sample.columns }),
    way: writeWayOf(spec, targetPlan.sources),
    sources: [...targetPlan.sources],
    schema: toSchemaFile(targetPlan.schema).toString('base64'),
  }
  await journal.create(order, { state: 'running', run: thisRun })
  return { dataset, order, journal }
}

interface Followed extends Begun {
  readonly embedding: Embedding | undefined
  readonly maxMemoryBytes: number | undefined
  readonly versionBefore?: number | undefined
}

async function* follow(
  context: EngineContext,
  { dataset, order, journal, embedding, maxMemoryBytes, versionBefore }: Followed,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<ImportResult>> {
  const events = runJob(
    context,
    {
      operation: 'import.run',
      title: `Import ${order.files.length === 1 ? `"${order.files[0]?.name ?? ''}"` : formatNoun(order.files.length, 'file')}`,
      dataset,
      writes: true,
      input: { import: journal.id, embedding },
      memoryLimitBytes: maxMemoryBytes,
      versionBefore,
      forecast: {
        import: journal.id,
        files: order.files.length,
        bytes: order.files.reduce((sum, it) => sum + it.bytes, 0),
      },
      task: importTask,
    },
    signal,
  )
  let isWatched = false
  // Whoever is told of the end finds it in the journal.
  const untilNoted = async (): Promise<void> => runningOf(context).get(journal.id)?.ended
  try {
    for await (const event of events) {
      if (!isWatched) watch(context, event.job.id, { order, dataset, journal })
      isWatched = true
      if (event.kind === 'done') await untilNoted()
      yield event
    }
  } catch (error) {
    await untilNoted()
    throw error
  }
}

/** Puts the end of the job into the journal, whether or not anybody follows it. */
function watch(context: EngineContext, job: string, begun: Begun): void {
  const { journal } = begun
  let resolve: () => void = () => undefined
  const running: Running = { job, isPausing: false, ended: new Promise<void>((settle) => (resolve = settle)) }
  runningOf(context).set(journal.id, running)
  const settle = (info: JobInfo): void => {
    stop()
    end(info, running, begun)
      .catch((error: unknown) => context.log(`import ${journal.id}: ${String(error)}`))
      .finally(() => {
        runningOf(context).delete(journal.id)
        resolve()
      })
  }
  const stop = jobsOf(context).watch((info) => {
    if (info.id === job && info.endedAt !== undefined) settle(info)
  })
  const now = jobsOf(context).get(job)
  if (now.endedAt !== undefined) settle(now)
}

async function end(info: JobInfo, { isPausing }: Running, { order, dataset, journal }: Begun): Promise<void> {
  const endedAt = new Date().toISOString()
  let isOver = !isPausing
  switch (info.state) {
    case 'done':
      // The process wrote the result itself.
      return
    case 'cancelled':
      await journal.writeState({ state: isPausing ? 'paused' : 'cancelled', run: thisRun, endedAt })
      break
    default: {
      const { code, message } = info.error ?? { code: 'internal', message: 'It failed.' }
      const wasEnded = code === 'engine-died' || code === 'out-of-memory'
      isOver = !wasEnded
      await journal.writeState({ state: wasEnded ? 'unfinished' : 'failed', run: thisRun, endedAt, reason: message })
      await journal.log([{ level: 'error', message }])
    }
  }
  if (isOver && order.isNew) await removeUnused(order, dataset, journal)
}

/** A dataset made for an import of which nothing came is not left behind, so that its name is free again. */
async function removeUnused(
  { location, versionBefore }: ImportOrder,
  dataset: OpenDataset,
  journal: Journal,
): Promise<void> {
  const tracked = await journal.readTracked()
  if (tracked !== undefined && (tracked.done.commits > 0 || tracked.intent !== undefined)) return
  const at = await dataset.resolve()
  const { fragments } = await dataset.manifest(at)
  if (at.version === versionBefore && fragments.length === 0) await rm(location, { recursive: true, force: true })
}

function notResumable(state: string): AppError {
  return new AppError({
    code: 'invalid-input',
    message: state === 'running' ? 'This import runs already.' : `This import cannot go on: it is ${state}.`,
    hint: state === 'running' ? 'Follow it among the jobs.' : 'Begin it again.',
  })
}

function notRunning(state: string): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `This import does not run: it is ${state}.`,
    hint: 'Look at the list of imports.',
  })
}

function runsElsewhere(): AppError {
  return new AppError({
    code: 'engine-busy',
    message: 'Another Tiltyard runs this import.',
    hint: 'Pause it there, or end that Tiltyard: the import can go on afterwards.',
  })
}
