import { AppError } from '#shared/errors.ts'
import type { JobEvent } from '#shared/model/job.ts'
import type { EngineContext } from '../context.ts'
import { NewestStates } from './newest.ts'
import { jobsOf, type JobOutcome } from './registry.ts'
import type { JobSpec } from './types.ts'

/** A running job is told of at least this often, so that its time goes on and a reader that left is noticed. */
const BEAT_MS = 1000

/**
 * Starts a job and tells of it at every change, ending with its result. Giving the iteration up, or aborting the signal,
 * leaves the job running; `jobs.cancel` ends it, and the stream fails with `cancelled`.
 */
export async function* runJob<Input, Result>(
  context: EngineContext,
  spec: JobSpec<Input, Result>,
  signal?: AbortSignal,
): AsyncGenerator<JobEvent<Result>> {
  const jobs = jobsOf(context)
  const states = new NewestStates()
  const stopWatching = jobs.watch((job) => {
    if (job.id === id) states.push(job)
  })
  let id: string | undefined
  try {
    const added = jobs.add(spec)
    id = added.id
    let job = jobs.get(id)
    yield { kind: 'job', job }
    for (;;) {
      const outcome = await Promise.race([added.ended, states.wait(signal, BEAT_MS)])
      if (outcome !== undefined) return yield* finish<Result>(states.take() ?? job, outcome)
      if (signal?.aborted === true) return
      const next = states.take() ?? jobs.get(id)
      // Its end comes with the result.
      if (next.endedAt === undefined) yield { kind: 'job', job: next }
      job = next
    }
  } finally {
    stopWatching()
  }
}

function* finish<Result>(job: JobEvent<Result>['job'], outcome: JobOutcome): Generator<JobEvent<Result>> {
  if (outcome.kind === 'failed') throw new AppError(outcome.error)
  // The task of the spec made it, here or in its own process.
  yield { kind: 'done', job, result: outcome.result as Result }
}
