import { AppError, toErrorValue } from '#shared/errors.ts'
import type { JobEvent, JobInfo } from '#shared/model/job.ts'
import type { EngineContext } from '../context.ts'
import type { JobSpec } from './types.ts'

/**
 * Starts a job and tells of it at every change, ending with its result. Giving the iteration up leaves the job running;
 * `jobs.cancel` ends it.
 */
export async function* runJob<Input, Result>(
  context: EngineContext,
  spec: JobSpec<Input, Result>,
): AsyncGenerator<JobEvent<Result>> {
  const started = performance.now()
  const job: JobInfo = {
    id: `${Date.now()}`,
    operation: spec.operation,
    title: spec.title,
    dataset: spec.dataset.handle,
    datasetName: spec.dataset.name,
    writes: spec.writes,
    state: 'running',
    queuedAt: new Date().toISOString(),
    elapsedMs: 0,
    memoryLimitBytes: 0,
  }
  yield { kind: 'job', job }
  try {
    const result = await spec.task(spec.input, {
      context,
      signal: new AbortController().signal,
      report: () => undefined,
    })
    yield { kind: 'done', job: { ...job, state: 'done', elapsedMs: performance.now() - started }, result }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError(toErrorValue(error), { cause: error })
  }
}
