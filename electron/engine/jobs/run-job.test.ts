import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import type { AppError } from '#shared/errors.ts'
import type { JobEvent, JobInfo } from '#shared/model/job.ts'
import type { EngineContext, JobListener, JobRequest, OpenDataset } from '../context.ts'
import { readLedger } from '../ledger/index.ts'
import { createJobsHandlers } from './handlers.ts'
import { runJob } from './run-job.ts'
import type { JobSpec, Task } from './types.ts'

interface FakeJob {
  readonly request: JobRequest
  readonly listener: JobListener
  killed: boolean
}

const dataDir = mkdtempSync(join(tmpdir(), 'tiltyard-jobs-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const idle = { signal: new AbortController().signal }

function setUp(withProcesses = true) {
  const started: FakeJob[] = []
  const context: EngineContext = {
    datasets: { open: never, get: never, close: never },
    paths: { dataDir, root: undefined },
    facts: { appVersion: 'test', restarts: 0, lastExit: undefined },
    log: () => undefined,
    startJob: withProcesses
      ? (request, listener) => {
          const job: FakeJob = { request, listener, killed: false }
          started.push(job)
          return {
            kill() {
              job.killed = true
              setTimeout(() => listener.onExit("The job's process was ended by SIGKILL."), 1)
            },
          }
        }
      : undefined,
  }
  return { context, started, jobs: createJobsHandlers(context) }
}

const never = (): never => {
  throw new Error('not used')
}

let version = 1
const dataset = (location = '/data/a.lance'): OpenDataset => ({
  handle: location,
  location,
  name: 'a',
  store: undefined as unknown as OpenDataset['store'],
  resolve: () => Promise.resolve({ branch: undefined, version }),
  manifest: never,
  shadowedManifest: never,
})

function spec(change: Partial<JobSpec<unknown, unknown>> = {}): JobSpec<unknown, unknown> {
  const task: Task<unknown, unknown> = never
  return {
    operation: 'search.recall',
    title: 'Measure',
    dataset: dataset(),
    writes: false,
    input: { of: 1 },
    task,
    ...change,
  }
}

/** Runs a job to its end, keeping what it told. */
function follow(context: EngineContext, wanted: JobSpec<unknown, unknown>) {
  const events: JobEvent<unknown>[] = []
  const end = (async () => {
    try {
      for await (const event of runJob(context, wanted)) events.push(event)
      return undefined
    } catch (error) {
      return error as AppError
    }
  })()
  return { events, end, id: () => vi.waitFor(() => events[0]!.job.id) }
}

const finish = (job: FakeJob, result: unknown): void => {
  job.listener.onEvent({ kind: 'result', result })
  job.listener.onExit('ended')
}

afterEach(() => {
  version = 1
})

describe('runJob', () => {
  it('tells the job from queued to done, with progress, memory and its result', async () => {
    const { context, started } = setUp()
    const { events, end } = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    expect(started[0]!.request).toEqual({ operation: 'search.recall', input: { of: 1 } })
    started[0]!.listener.onEvent({ kind: 'progress', progress: { done: 3, total: 9, unit: 'queries' } })
    started[0]!.listener.onEvent({ kind: 'memory', rssBytes: 12_345 })
    await vi.waitFor(() => expect(events.at(-1)?.job.rssBytes).toBe(12_345))
    finish(started[0]!, { answer: 42 })
    expect(await end).toBeUndefined()
    expect(events.at(-1)).toMatchObject({
      kind: 'done',
      result: { answer: 42 },
      job: { state: 'done', progress: { done: 3 } },
    })
    expect(events.at(-1)!.job.endedAt).toBeDefined()
    expect(events.at(-1)!.job).not.toHaveProperty('versionBefore')
  })

  it('runs writers of one dataset one after another, and others beside them', async () => {
    const { context, started } = setUp()
    const first = follow(context, spec({ writes: true, input: 'first' }))
    const second = follow(context, spec({ writes: true, input: 'second' }))
    const other = follow(context, spec({ writes: true, title: 'other', dataset: dataset('/data/b.lance') }))
    const reader = follow(context, spec({ title: 'reader' }))
    await vi.waitFor(() => expect(started).toHaveLength(3))
    expect(second.events.map((event) => event.job.state)).toEqual(['queued'])
    version = 2
    const running = started.find((job) => job.request.input === 'first')!
    finish(running, 1)
    await vi.waitFor(() => expect(started).toHaveLength(4))
    expect(await first.end).toBeUndefined()
    expect(first.events.at(-1)!.job).toMatchObject({ versionBefore: 1, versionAfter: 2 })
    for (const job of started) if (job !== running) finish(job, 1)
    expect(await Promise.all([second.end, other.end, reader.end])).toEqual([undefined, undefined, undefined])
    expect(second.events.at(-1)!.job.versionBefore).toBe(2)
  })

  it('goes on when its stream is left', async () => {
    const { context, started, jobs } = setUp()
    for await (const event of runJob(context, spec())) {
      expect(event.job.state).toMatch(/queued|running/)
      break
    }
    await vi.waitFor(() => expect(started).toHaveLength(1))
    expect(started[0]!.killed).toBe(false)
    finish(started[0]!, 1)
    await vi.waitFor(async () => expect((await jobs['jobs.list']({}, idle))[0]!.state).toBe('done'))
  })

  it('ends a running job on request, and a waiting one without starting it', async () => {
    const { context, started, jobs } = setUp()
    const running = follow(context, spec({ writes: true }))
    const waiting = follow(context, spec({ writes: true }))
    await vi.waitFor(() => expect(started).toHaveLength(1))
    expect(await jobs['jobs.cancel']({ job: await waiting.id() }, idle)).toMatchObject({ state: 'cancelled' })
    const cancelled = await jobs['jobs.cancel']({ job: await running.id() }, idle)
    expect(cancelled).toMatchObject({ state: 'cancelled', versionBefore: 1, versionAfter: 1 })
    expect((await running.end)?.code).toBe('cancelled')
    expect((await waiting.end)?.code).toBe('cancelled')
    expect(started).toHaveLength(1)
    expect(await jobs['jobs.cancel']({ job: cancelled.id }, idle)).toEqual(cancelled)
    await expect(jobs['jobs.cancel']({ job: 'nobody' }, idle)).rejects.toMatchObject({ code: 'job-not-found' })
  })

  it('says done when the job was faster than its end', async () => {
    const { context, started, jobs } = setUp()
    const job = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    const cancelling = jobs['jobs.cancel']({ job: await job.id() }, idle)
    started[0]!.listener.onEvent({ kind: 'result', result: 5 })
    expect(await cancelling).toMatchObject({ state: 'done' })
    expect(await job.end).toBeUndefined()
  })

  it('lets a job measure what it did, whatever memory that takes', async () => {
    const { context, started } = setUp()
    const job = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    await job.id()
    const { listener } = started[0]!
    listener.onEvent({ kind: 'measuring' })
    listener.onEvent({ kind: 'memory', rssBytes: job.events[0]!.job.memoryLimitBytes + 1 })
    expect(started[0]!.killed).toBe(false)
    finish(started[0]!, 1)
    expect(await job.end).toBeUndefined()
    expect(job.events.at(-1)).toMatchObject({ kind: 'done', job: { state: 'done' } })
  })

  it('ends a job that uses too much memory and says so', async () => {
    const { context, started } = setUp()
    const job = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    await job.id()
    const limit = job.events[0]!.job.memoryLimitBytes
    started[0]!.listener.onEvent({ kind: 'memory', rssBytes: limit })
    expect(started[0]!.killed).toBe(false)
    started[0]!.listener.onEvent({ kind: 'memory', rssBytes: limit + 1 })
    expect(started[0]!.killed).toBe(true)
    const error = await job.end
    expect(error).toMatchObject({ code: 'out-of-memory', message: expect.stringContaining('of memory') })
  })

  it('says how a process died', async () => {
    const { context, started, jobs } = setUp()
    const job = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    started[0]!.listener.onExit("The job's process was ended by SIGSEGV.")
    expect(await job.end).toMatchObject({ code: 'engine-died', message: expect.stringContaining('SIGSEGV') })
    expect((await jobs['jobs.list']({}, idle))[0]).toMatchObject({ state: 'failed', error: { code: 'engine-died' } })
  })

  it('fails as the task failed', async () => {
    const { context, started } = setUp()
    const job = follow(context, spec())
    await vi.waitFor(() => expect(started).toHaveLength(1))
    started[0]!.listener.onEvent({ kind: 'failed', error: { code: 'disk-full', message: 'No.', hint: 'Other.' } })
    started[0]!.listener.onExit('ended')
    expect(await job.end).toMatchObject({ code: 'disk-full', message: 'No.', hint: 'Other.' })
  })

  it('remembers the last hundred that ended', async () => {
    const { context, started, jobs } = setUp()
    const slow = follow(context, spec({ title: 'slow' }))
    for (let n = 0; n < 103; n++) {
      const job = follow(context, spec())
      await vi.waitFor(() => expect(started).toHaveLength(n + 2))
      finish(started[n + 1]!, n)
      await job.end
    }
    expect(await jobs['jobs.list']({}, idle)).toHaveLength(101)
    finish(started[0]!, 1)
    expect(await slow.end).toBeUndefined()
    expect(await jobs['jobs.list']({}, idle)).toHaveLength(100)
  })

  it('runs in this process where none can be started', async () => {
    const { context, jobs } = setUp(false)
    const good = follow(context, spec({ task: (input) => Promise.resolve(input) }))
    expect(await good.end).toBeUndefined()
    expect(good.events.at(-1)).toMatchObject({ kind: 'done', result: { of: 1 } })
    const task: Task<unknown, unknown> = (_input, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const endless = follow(context, spec({ task }))
    expect(await jobs['jobs.cancel']({ job: await endless.id() }, idle)).toMatchObject({ state: 'cancelled' })
    expect((await endless.end)?.code).toBe('cancelled')
  })
})

it('notes in the ledger what became of a job that writes', async () => {
  const { context, started, jobs } = setUp()
  const writer = dataset('/data/noted.lance')
  const at = (n: number) => vi.waitFor(() => expect(started).toHaveLength(n))
  const outcomes = async () => (await readLedger(context, writer)).entries.map(({ outcome }) => outcome)
  const done = follow(context, spec({ dataset: writer, writes: true, forecast: { bytes: 5 } }))
  await at(1)
  expect(await outcomes()).toEqual(['running'])
  version = 2
  finish(started[0]!, { bytes: 6 })
  await done.end
  const died = follow(context, spec({ dataset: writer, writes: true }))
  await at(2)
  started[1]!.listener.onExit("The job's process was ended by SIGSEGV.")
  await died.end
  const cancelled = follow(context, spec({ dataset: writer, writes: true }))
  await at(3)
  await jobs['jobs.cancel']({ job: await cancelled.id() }, idle)
  await follow(context, spec({ dataset: writer, task: () => Promise.resolve(1) })).id()
  const { entries } = await readLedger(context, writer)
  expect(entries).toMatchObject([
    { outcome: 'cancelled', versionBefore: 2, versionAfter: 2 },
    { outcome: 'failed', error: { code: 'engine-died', message: expect.stringContaining('SIGSEGV') } },
    {
      outcome: 'done',
      title: 'Measure',
      versionBefore: 1,
      versionAfter: 2,
      forecast: { bytes: 5 },
      result: { bytes: 6 },
    },
  ])
})

describe('jobs.watch', () => {
  it('tells what is known, then every change, until it is left', async () => {
    const { context, started, jobs } = setUp()
    const old = follow(context, spec({ title: 'old' }))
    await vi.waitFor(() => expect(started).toHaveLength(1))
    finish(started[0]!, 1)
    await old.end
    const seen: JobInfo[] = []
    const controller = new AbortController()
    const watching = (async () => {
      for await (const job of jobs['jobs.watch']({}, { signal: controller.signal })) seen.push(job)
    })()
    await vi.waitFor(() => expect(seen.map((job) => `${job.title} ${job.state}`)).toEqual(['old done']))
    const job = follow(context, spec({ title: 'new' }))
    await vi.waitFor(() => expect(started).toHaveLength(2))
    for (let done = 0; done < 50; done++) {
      started[1]!.listener.onEvent({ kind: 'progress', progress: { done, total: 50, unit: 'steps' } })
    }
    finish(started[1]!, 1)
    await job.end
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ title: 'new', state: 'done', progress: { done: 49 } }))
    // Steps between are missed, not queued.
    expect(seen.length).toBeLessThan(20)
    controller.abort()
    await watching
  })
})
