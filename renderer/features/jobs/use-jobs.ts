import { useEffect, useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { getApi } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { isEnded, type KnownJob, orderJobs } from './job-words.ts'
import { hear, useJobsById, watchJobs } from './store.ts'

/** Every job of this run of the engine that was not cleared away, those at work first. */
export function useJobs(): readonly KnownJob[] {
  const byId = useJobsById()
  useEffect(watchJobs, [])
  return useMemo(() => orderJobs(Object.values(byId)), [byId])
}

/** Jobs of one dataset that run or wait. */
export function useActiveJobs(dataset: string): readonly KnownJob[] {
  const jobs = useJobs()
  return useMemo(() => jobs.filter((job) => job.dataset === dataset && !isEnded(job)), [jobs, dataset])
}

/** The present, to the second, while something is to be timed. */
export function useTick(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isRunning])
  return now
}

/** Ends a job; a failure to do so is said by toast. One that has ended by itself meanwhile is left as it is. */
export async function cancelJob(id: string): Promise<void> {
  try {
    hear(await getApi().call('jobs.cancel', { job: id }))
  } catch (error) {
    const { message } = toErrorValue(error)
    showToast({ kind: 'bad', title: 'The job could not be cancelled', text: message })
  }
}
