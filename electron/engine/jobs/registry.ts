import { randomUUID } from 'node:crypto'
import { totalmem } from 'node:os'
import { toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { EngineContext, JobProcess, JobProcessEvent } from '../context.ts'
import { beginWrite, type BegunWrite, type WriteEnd } from '../ledger/index.ts'
import { diedError, memoryError, noSuchJob } from './problems.ts'
import { inProcess } from './serve-task.ts'
import type { JobSpec } from './types.ts'

/** Ended jobs that are remembered. */
const MAX_ENDED = 100
/** Job processes at one time; what is more waits. */
const MAX_RUNNING = 4

/** How a job ended for whoever waits for it. */
export type JobOutcome =
  { readonly kind: 'result'; readonly result: unknown } | { readonly kind: 'failed'; readonly error: ErrorValue }

/** A job as the registry keeps it; `spec` and what belongs to running are let go when it ends. */
interface Job {
  info: JobInfo
  readonly location: string
  startedMs: number | undefined
  process: JobProcess | undefined
  /** Why its process was ended by us; the outcome if it ends without a result. */
  ending: ErrorValue | undefined
  told: JobOutcome | undefined
  /** Its work is done and stays. */
  isMeasuring: boolean
  /** The entry of a job that writes in the ledger, once it has begun. */
  write: BegunWrite | undefined
  readonly start: () => Promise<void>
  readonly ended: Promise<JobOutcome>
  readonly resolve: (outcome: JobOutcome) => void
}

export type JobWatcher = (job: JobInfo) => void

const CANCELLED: ErrorValue = { code: 'cancelled', message: 'The job was cancelled.' }

/** The jobs of one engine. Writers of one location run one after another, in the order they came. */
export class JobRegistry {
  readonly #context: EngineContext
  readonly #memoryLimitBytes: number
  /** Oldest first. */
  readonly #jobs = new Map<string, Job>()
  /** In the order they ended. */
  readonly #endedIds: string[] = []
  readonly #watchers = new Set<JobWatcher>()

  constructor(context: EngineContext, memoryLimitBytes = defaultMemoryLimit()) {
    this.#context = context
    this.#memoryLimitBytes = memoryLimitBytes
  }

  /** Ceiling of a job's memory that names none. */
  get memoryLimitBytes(): number {
    return this.#memoryLimitBytes
  }

  /** Queues a job and starts it when its turn has come. `ended` never rejects. */
  add<Input, Result>(spec: JobSpec<Input, Result>): { readonly id: string; readonly ended: Promise<JobOutcome> } {
    const info: JobInfo = {
      id: randomUUID(),
      operation: spec.operation,
      title: spec.title,
      dataset: spec.dataset.handle,
      datasetName: spec.dataset.name,
      writes: spec.writes,
      state: 'queued',
      queuedAt: new Date().toISOString(),
      elapsedMs: 0,
      memoryLimitBytes: spec.memoryLimitBytes ?? this.#memoryLimitBytes,
    }
    let resolve: (outcome: JobOutcome) => void = () => undefined
    const ended = new Promise<JobOutcome>((settle) => (resolve = settle))
    const job: Job = {
      info,
      location: spec.dataset.location,
      startedMs: undefined,
      process: undefined,
      ending: undefined,
      told: undefined,
      isMeasuring: false,
      write: undefined,
      start: () => this.#start(job, spec),
      ended,
      resolve,
    }
    this.#jobs.set(info.id, job)
    this.#publish(job)
    this.#startNext()
    return { id: info.id, ended }
  }

  get(id: string): JobInfo {
    return now(this.#find(id))
  }

  /** Newest first. */
  list(): readonly JobInfo[] {
    return [...this.#jobs.values()].map(now).reverse()
  }

  /** Told every change until the returned function is called. */
  watch(watcher: JobWatcher): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** Ends a job's process and resolves when it is gone, with the state it ended in: `done` when it was faster. */
  async cancel(id: string): Promise<JobInfo> {
    const job = this.#find(id)
    if (job.info.endedAt !== undefined) return job.info
    job.ending ??= CANCELLED
    if (job.info.state === 'queued') await this.#end(job, { kind: 'failed', error: CANCELLED })
    else job.process?.kill()
    await job.ended
    return job.info
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id)
    if (job === undefined) throw noSuchJob(id)
    return job
  }

  #startNext(): void {
    const jobs = [...this.#jobs.values()]
    let running = jobs.filter(isRunning)
    for (const job of jobs) {
      if (running.length >= MAX_RUNNING) return
      if (job.info.state !== 'queued') continue
      if (job.info.writes && running.some((other) => other.info.writes && other.location === job.location)) continue
      this.#set(job, { state: 'running', startedAt: new Date().toISOString() }, performance.now())
      running = [...running, job]
      void job.start()
    }
  }

  async #start<Input, Result>(job: Job, spec: JobSpec<Input, Result>): Promise<void> {
    try {
      if (spec.writes) {
        const { version } = await spec.dataset.resolve()
        this.#set(job, { versionBefore: version })
        job.write = await beginWrite(this.#context, spec.dataset, spec)
      }
      if (job.ending !== undefined) return await this.#end(job, { kind: 'failed', error: job.ending }, spec)
      const startJob = this.#context.startJob ?? inProcess(this.#context, spec.task)
      job.process = startJob(
        { operation: spec.operation, input: spec.input },
        {
          onEvent: (event) => this.#onEvent(job, event),
          onExit: (reason) => {
            const told = job.told ?? { kind: 'failed', error: job.ending ?? diedError(spec.title, reason) }
            void this.#end(job, told, spec)
          },
        },
      )
    } catch (error) {
      await this.#end(job, { kind: 'failed', error: toErrorValue(error) }, spec)
    }
  }

  #onEvent(job: Job, event: JobProcessEvent): void {
    switch (event.kind) {
      case 'progress':
        return this.#set(job, { progress: event.progress })
      case 'memory':
        this.#set(job, { rssBytes: event.rssBytes })
        if (event.rssBytes <= job.info.memoryLimitBytes || job.ending !== undefined || job.isMeasuring) return
        job.ending = memoryError(job.info.title, event.rssBytes, job.info.memoryLimitBytes)
        return job.process?.kill()
      case 'measuring':
        job.isMeasuring = true
        return
      case 'result':
      case 'failed':
        job.told ??= event
    }
  }

  /** Called once per job, when nothing of it runs any more. */
  async #end<Input, Result>(job: Job, outcome: JobOutcome, spec?: JobSpec<Input, Result>): Promise<void> {
    if (job.info.endedAt !== undefined) return
    // Told before anything is waited for: ended at this moment, whatever the version turns out to be.
    const ended = { endedAt: new Date().toISOString(), elapsedMs: elapsed(job) }
    const versionAfter =
      spec?.writes === true
        ? await spec.dataset.resolve().then(
            ({ version }) => version,
            () => undefined,
          )
        : undefined
    job.process = undefined
    await job.write?.end(toWriteEnd(outcome), versionAfter)
    this.#set(job, {
      ...ended,
      ...(versionAfter === undefined ? {} : { versionAfter }),
      ...(outcome.kind === 'result'
        ? { state: 'done' }
        : outcome.error.code === 'cancelled'
          ? { state: 'cancelled' }
          : { state: 'failed', error: outcome.error }),
    })
    job.resolve(outcome)
    this.#forgetOldest(job)
    this.#startNext()
  }

  #set(job: Job, change: Partial<JobInfo>, startedMs?: number): void {
    if (job.info.endedAt !== undefined) return
    if (startedMs !== undefined) job.startedMs = startedMs
    job.info = { ...job.info, ...change }
    this.#publish(job)
  }

  #publish(job: Job): void {
    const info = now(job)
    for (const watcher of this.#watchers) watcher(info)
  }

  #forgetOldest(justEnded: Job): void {
    this.#endedIds.push(justEnded.info.id)
    const oldest = this.#endedIds.length > MAX_ENDED ? this.#endedIds.shift() : undefined
    if (oldest !== undefined) this.#jobs.delete(oldest)
  }
}

const registries = new WeakMap<EngineContext, JobRegistry>()

/** The one registry of an engine. */
export function jobsOf(context: EngineContext): JobRegistry {
  const known = registries.get(context)
  if (known !== undefined) return known
  const registry = new JobRegistry(context)
  registries.set(context, registry)
  return registry
}

function toWriteEnd(outcome: JobOutcome): WriteEnd {
  if (outcome.kind === 'result') return { outcome: 'done', result: outcome.result }
  return outcome.error.code === 'cancelled' ? { outcome: 'cancelled' } : { outcome: 'failed', error: outcome.error }
}

function isRunning(job: Job): boolean {
  return job.info.state === 'running'
}

function elapsed(job: Job): number {
  return job.startedMs === undefined ? 0 : performance.now() - job.startedMs
}

function now(job: Job): JobInfo {
  return job.info.endedAt === undefined ? { ...job.info, elapsedMs: elapsed(job) } : job.info
}

/** Half of the memory this machine, or the container we are in, has. */
function defaultMemoryLimit(): number {
  const constrained = process.constrainedMemory()
  return Math.floor((constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()) / 2)
}
