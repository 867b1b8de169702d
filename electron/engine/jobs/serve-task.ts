import { toErrorValue } from '#shared/errors.ts'
import type { JobProgress } from '#shared/model/job.ts'
import type { EngineContext, JobProcessEvent, StartJob } from '../context.ts'
import { toBackground } from './background.ts'
import type { Task, TaskEnv } from './types.ts'

/** Milliseconds between reports of progress and memory. */
const REPORT_MS = 250

export interface TaskDoor {
  tell(event: JobProcessEvent): void
  /** Told a failure with its cause before it becomes a value. */
  onError(error: unknown): void
}

/** Does a task as the whole purpose of this process, out of the way of others. Resolves to the last event to tell. */
export async function serveTask(
  task: Task<never, unknown>,
  input: unknown,
  context: EngineContext,
  door: TaskDoor,
): Promise<JobProcessEvent> {
  await toBackground()
  let newest: JobProgress | undefined
  const report = (): void => {
    door.tell({ kind: 'memory', rssBytes: process.memoryUsage.rss() })
    if (newest !== undefined) door.tell({ kind: 'progress', progress: newest })
    newest = undefined
  }
  report()
  const timer = setInterval(report, REPORT_MS)
  try {
    const signal = new AbortController().signal
    const env: TaskEnv = {
      context,
      signal,
      report: (progress) => (newest = progress),
      measuring: () => door.tell({ kind: 'measuring' }),
    }
    return await perform(task, input, env, door)
  } finally {
    clearInterval(timer)
    report()
  }
}

/** Does jobs in this process: for contexts without processes. Killing aborts the task's signal; it ends when it obeys. */
export function inProcess(context: EngineContext, task: Task<never, unknown>): StartJob {
  return ({ input }, listener) => {
    const controller = new AbortController()
    const env = {
      context,
      signal: controller.signal,
      report: (progress: JobProgress) => listener.onEvent({ kind: 'progress', progress }),
    }
    const run = async (): Promise<void> => {
      const last = await perform(task, input, env, { onError: () => undefined })
      // A task that fails because it was ended has not failed.
      if (last.kind !== 'failed' || !controller.signal.aborted) listener.onEvent(last)
      listener.onExit('The job ended.')
    }
    void run()
    return { kill: () => controller.abort() }
  }
}

async function perform(
  task: Task<never, unknown>,
  input: unknown,
  env: Parameters<Task<never, unknown>>[1],
  { onError }: Pick<TaskDoor, 'onError'>,
): Promise<JobProcessEvent> {
  try {
    // The input was made for this task: both go by the name of the operation.
    return { kind: 'result', result: await task(input as never, env) }
  } catch (error) {
    onError(error)
    return { kind: 'failed', error: toErrorValue(error) }
  }
}
