import type { JobOperation, JobProgress } from '#shared/model/job.ts'
import type { EngineContext, OpenDataset } from '../context.ts'

/** What a task may use. In a process of its own the context is that process's: nothing in it is open yet. */
export interface TaskEnv {
  readonly context: EngineContext
  readonly signal: AbortSignal
  report(progress: JobProgress): void
  /** To be called once the work is done and only measuring it is left: ending it then would call a success a failure. */
  measuring?(): void
}

/** Long work of an area. Input and result cross a process boundary: plain values and bytes, locations instead of handles. */
export type Task<Input, Result> = (input: Input, env: TaskEnv) => Promise<Result>

export interface JobSpec<Input, Result> {
  readonly operation: JobOperation
  /** One line for people. */
  readonly title: string
  readonly dataset: OpenDataset
  /** Jobs that write one dataset run one after another. */
  readonly writes: boolean
  readonly input: Input
  /** Ceiling of its process's memory; absent = half of the machine's. */
  readonly memoryLimitBytes?: number | undefined
  /** What the person was told to expect; plain JSON, for the ledger of a job that writes. */
  readonly forecast?: unknown
  /** Of a job that goes on with an earlier one: the version from before that, so that both are one step of undo. */
  readonly versionBefore?: number | undefined
  /** Whose wish a job that writes is; absent = a person's. */
  readonly by?: 'person' | 'policy'
  /** The task `tasks.ts` has under the operation's name. */
  readonly task: Task<Input, Result>
}
