import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { isCancelled } from '#shared/errors.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { getApi, onRecovered } from '#renderer/features/workspace/index.ts'
import { isEnded, type KnownJob } from './job-words.ts'

const RETRY_MS = 3000

interface JobsState {
  readonly jobs: Readonly<Record<string, KnownJob>>
  /** Ended jobs a person cleared away in this window. */
  readonly cleared: ReadonlySet<string>
}

/** The jobs of this run of the engine, as it tells of them. */
const store = createStore<JobsState>(() => ({ jobs: {}, cleared: new Set() }))

let watch: AbortController | undefined

/** Every job not cleared away, by id; the object stays the same until something changes. */
export function useJobsById(): JobsState['jobs'] {
  return useStore(store, (state) => state.jobs)
}

/** Takes in what a job's own stream tells, which may be ahead of the watch. */
export function hear(job: JobInfo): void {
  store.setState(({ jobs, cleared }) => {
    if (cleared.has(job.id) || jobs[job.id]?.endedAt !== undefined) return {}
    return { jobs: { ...jobs, [job.id]: { ...job, heardAtMs: Date.now() } } }
  })
}

/** Takes the jobs that ended off the list of this window. */
export function clearEnded(): void {
  store.setState(({ jobs, cleared }) => {
    const ended = Object.values(jobs).filter(isEnded)
    return {
      jobs: Object.fromEntries(Object.entries(jobs).filter(([, job]) => !isEnded(job))),
      cleared: new Set([...cleared, ...ended.map(({ id }) => id)]),
    }
  })
}

/** Follows the engine's jobs from now on; called again, it does nothing. */
export function watchJobs(): void {
  if (watch !== undefined) return
  watch = new AbortController()
  void follow(watch)
}

async function follow(own: AbortController): Promise<void> {
  while (!own.signal.aborted) {
    try {
      for await (const job of getApi().stream('jobs.watch', {}, { signal: own.signal })) hear(job)
    } catch (error) {
      if (isCancelled(error)) return
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

// A new engine knows nothing of the jobs of the one before.
onRecovered(() => {
  if (watch === undefined) return
  watch.abort()
  watch = undefined
  store.setState({ jobs: {}, cleared: new Set() })
  watchJobs()
})
