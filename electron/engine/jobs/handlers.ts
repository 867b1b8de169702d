import type { Contract } from '#shared/contract/index.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { NewestStates } from './newest.ts'
import { jobsOf } from './registry.ts'

/** Jobs: long work in processes of their own. */
export function createJobsHandlers(
  context: EngineContext,
): Pick<Handlers<Contract>, 'jobs.list' | 'jobs.watch' | 'jobs.cancel'> {
  return {
    'jobs.list': () => jobsOf(context).list(),
    'jobs.watch': (_input, { signal }) => watchJobs(context, signal),
    'jobs.cancel': ({ job }) => jobsOf(context).cancel(job),
  }
}

async function* watchJobs(context: EngineContext, signal: AbortSignal): AsyncGenerator<JobInfo> {
  const jobs = jobsOf(context)
  const states = new NewestStates()
  const stopWatching = jobs.watch((job) => states.push(job))
  for (const job of [...jobs.list()].reverse()) states.push(job)
  try {
    while (!signal.aborted) {
      for (let job = states.take(); job !== undefined; job = states.take()) yield job
      await states.wait(signal)
    }
  } finally {
    stopWatching()
  }
}
