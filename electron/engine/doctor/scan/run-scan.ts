import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, isCancelled } from '#shared/errors.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { createJobsHandlers, runJob } from '../../jobs/index.ts'
import { makeOwnFolder } from '../../lance/index.ts'
import { readEntries, readLastEntry, writeEntry, type ScanEntry } from './journal.ts'
import type { ScanPlan } from './plan.ts'
import { scanTask, type ScanResult } from './task.ts'

/** Beyond a unit's own limit: the process gets this long to notice it. */
const graceFor = (limitMs: number): number => 1000 + limitMs / 4
/** Processes that may die in one scan: more and nothing of the rest is worth the time. */
const MAX_DEATHS = 500
/** Processes in a row that may die with nothing begun. */
const MAX_IDLE_DEATHS = 3

/** How the process of a scan ends when a file is too much for it. */
const DEADLY: ReadonlySet<string> = new Set(['engine-died', 'out-of-memory', 'timeout'])

export interface ScanOutcome {
  /** Every end, and for what killed a process its beginning with how it died. */
  readonly ends: readonly Extract<ScanEntry, { t: 'end' }>[]
  readonly deaths: number
  /** Why the scan was given up before it was through; absent when it was. */
  readonly stopped?: string
}

/**
 * Runs a scan to its end, in as many processes as it takes: when one dies or hangs, the piece it was at counts as failed
 * and another one goes on behind it. Yields its jobs as they go on; returns what was found.
 */
export async function* runScan(
  context: EngineContext,
  dataset: OpenDataset,
  plan: Omit<ScanPlan, 'journal' | 'location'>,
  title: string,
  signal: AbortSignal,
): AsyncGenerator<JobInfo, ScanOutcome> {
  const root = join(context.paths.dataDir, 'doctor', 'journals')
  mkdirSync(root, { recursive: true })
  const folder = makeOwnFolder(root, (path) => rmSync(path, { recursive: true, force: true }))
  const journal = join(folder, 'journal.ndjson')
  const input: ScanPlan = { ...plan, location: dataset.location, journal }
  let [deaths, idle] = [0, 0]
  try {
    for (;;) {
      const before = readEntries(journal).length
      const how = yield* runOnce(context, dataset, input, title, signal)
      signal.throwIfAborted()
      if (how === 'finished') return { ends: endsOf(readEntries(journal)), deaths }
      if (how === 'stuck') continue
      // A disk that is full, a manifest that is gone: another process would fail the same way.
      if (!DEADLY.has(how.code)) return { ends: endsOf(readEntries(journal)), deaths, stopped: how.message }
      const entries = readEntries(journal)
      const last = entries.at(-1)
      deaths++
      idle = entries.length === before ? idle + 1 : 0
      if (last?.t === 'begin') {
        // A death is an end: nobody tries this piece again.
        writeEntry(journal, { t: 'end', unit: last.unit, rows: 0, error: how })
      }
      if (deaths >= MAX_DEATHS || idle >= MAX_IDLE_DEATHS) {
        return { ends: endsOf(readEntries(journal)), deaths, stopped: how.message }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type How = 'finished' | 'stuck' | NonNullable<Extract<ScanEntry, { t: 'end' }>['error']>

async function* runOnce(
  context: EngineContext,
  dataset: OpenDataset,
  input: ScanPlan,
  title: string,
  signal: AbortSignal,
): AsyncGenerator<JobInfo, How> {
  const cancel = createJobsHandlers(context)['jobs.cancel']
  const kill = (job: string): void => void Promise.resolve(cancel({ job }, { signal })).catch(() => undefined)
  let id: string | undefined
  let hung: string | undefined
  const onAbort = (): void => {
    if (id !== undefined) kill(id)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  // The clock of the watch starts when the process runs, not while it waits for its turn.
  const watch = setInterval(() => {
    const last = readLastEntry(input.journal)
    if (id === undefined || last?.t !== 'begin' || Date.now() - last.atMs < last.limitMs + graceFor(last.limitMs))
      return
    hung = `It gave no answer within ${Math.round(last.limitMs / 1000)} seconds and was ended.`
    kill(id)
  }, 1000)
  try {
    const spec = { operation: 'doctor.scan', title, dataset, writes: false, input, task: scanTask } as const
    for await (const event of runJob<ScanPlan, ScanResult>(context, spec, signal)) {
      id = event.job.id
      if (event.kind === 'done') return event.result.finished ? 'finished' : 'stuck'
      yield event.job
    }
    throw new AppError({ code: 'cancelled', message: 'The check was cancelled.' })
  } catch (error) {
    signal.throwIfAborted()
    if (hung !== undefined) return { code: 'timeout', message: hung }
    if (!(error instanceof AppError)) throw error
    if (isCancelled(error)) throw error
    if (error.code === 'engine-died' || error.code === 'out-of-memory')
      return { code: error.code, message: error.message }
    throw error
  } finally {
    clearInterval(watch)
    signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  }
}

function endsOf(entries: readonly ScanEntry[]): ScanOutcome['ends'] {
  return entries.flatMap((entry) => (entry.t === 'end' ? [entry] : []))
}
