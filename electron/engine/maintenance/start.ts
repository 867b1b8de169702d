import type { JobEvent, JobOperation } from '#shared/model/job.ts'
import type { MaintenanceKind, MaintenanceResult } from '#shared/model/maintenance.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { jobsOf, runJob } from '../jobs/index.ts'
import { checkRoom } from './disk.ts'
import { forecastOf } from './forecast.ts'
import { readSubject, type OperationInput, type OperationOf, type OperationTask } from './operation.ts'

/** How an operation becomes a job. */
export interface OperationJob<K extends MaintenanceKind> {
  readonly operation: OperationOf<K>
  readonly job: JobOperation
  readonly title: string
  readonly task: OperationTask<K>
  /** Folders of the dataset it writes into beside those of commits; null = it only reads the dataset. */
  readonly folders: readonly string[] | null
  /** Told once the job has ended in any way and nothing of it runs any more. */
  readonly onEnded?: () => Promise<void>
}

/** Foretells an operation once more, refuses it where it cannot go well, and runs it as a job. */
export async function* startOperation<K extends MaintenanceKind>(
  context: EngineContext,
  { dataset: handle, maxMemoryBytes }: { readonly dataset: string; readonly maxMemoryBytes?: number | undefined },
  { operation, job, title, task, folders, onEnded }: OperationJob<K>,
  signal: AbortSignal,
  by: 'person' | 'policy' = 'person',
): AsyncGenerator<JobEvent<MaintenanceResult>> {
  const subject = await readSubject(context, handle, signal)
  const { dataset } = subject
  if (folders !== null) await checkWritable(dataset, undefined, [...commitFolders(undefined), ...folders])
  const foretold = await forecastOf(subject, operation)
  checkRoom(foretold)
  signal.throwIfAborted()
  const input: OperationInput<K> = {
    location: dataset.location,
    operation,
    expectedBytes: foretold.bytesWrittenAtMost ?? null,
  }
  const events = runJob(
    context,
    {
      operation: job,
      title,
      dataset,
      writes: folders !== null,
      input,
      memoryLimitBytes: maxMemoryBytes,
      forecast: foretold,
      by,
      task,
    },
    signal,
  )
  if (onEnded === undefined) return yield* events
  let isWatched = false
  for await (const event of events) {
    if (!isWatched) afterJob(context, event.job.id, onEnded)
    isWatched = true
    yield event
  }
}

function afterJob(context: EngineContext, id: string, onEnded: () => Promise<void>): void {
  const stop = jobsOf(context).watch((job) => {
    if (job.id !== id || job.endedAt === undefined) return
    stop()
    onEnded().catch((error: unknown) => context.log(`after ${job.operation}: ${String(error)}`))
  })
}
