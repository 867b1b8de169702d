import type { EmbedResult } from '#shared/contract/embed.ts'
import type { Input } from '#shared/contract/index.ts'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { IndexCreated, IndicesOptimized } from '#shared/model/index-entry.ts'
import type { JobEvent, JobInfo, JobOperation } from '#shared/model/job.ts'
import type { MaintenanceResult } from '#shared/model/maintenance.ts'
import type { RecallReport } from '#shared/model/search.ts'
import { invalidateHistory } from '#renderer/features/history/index.ts'
import { findTab, getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { hear } from './store.ts'

type MaintenanceJob = Extract<JobOperation, `maintenance.${string}`>

export interface JobResults extends Readonly<Record<MaintenanceJob, MaintenanceResult>> {
  readonly 'indices.create': IndexCreated
  readonly 'indices.optimize': IndicesOptimized
  readonly 'search.recall': RecallReport
  readonly 'embed.column': EmbedResult
}

/** What the toast at the end says beside the title of the job. */
export interface JobEnding {
  readonly title?: string
  readonly text?: string
  readonly action?: { readonly label: string; run(): void }
}

export interface JobHandlers<Result> {
  /** Told before the toast, which says what it returns. */
  readonly onDone?: (result: Result, job: JobInfo) => JobEnding | void
  /** Told of a failure, also of a cancel (code `cancelled`). Without a job it never began. */
  readonly onError?: (error: ErrorValue, job: JobInfo | undefined) => void
  /** Gives it up before there is a job to cancel. */
  readonly signal?: AbortSignal
}

/**
 * Starts a job and stays with it to its end, whatever is on screen by then. Says the end by toast, and after a job that
 * writes shows the new version where the tab was at the newest one.
 */
export function startJob<Operation extends keyof JobResults>(
  operation: Operation,
  input: Input<Operation>,
  handlers: JobHandlers<JobResults[Operation]> = {},
): void {
  const options = handlers.signal === undefined ? {} : { signal: handlers.signal }
  // The operation decides about the result; the type of a stream chosen by a variable cannot say so.
  const events = getApi().stream(operation, input, options) as AsyncIterable<JobEvent<JobResults[Operation]>>
  void follow(events, handlers)
}

async function follow<Result>(events: AsyncIterable<JobEvent<Result>>, handlers: JobHandlers<Result>): Promise<void> {
  let job: JobInfo | undefined
  try {
    for await (const event of events) {
      job = event.job
      hear(job)
      if (event.kind === 'job') continue
      if (job.writes) await takeIn(job)
      const { title = job.title, ...rest } = handlers.onDone?.(event.result, job) ?? {}
      showToast({ kind: 'ok', title, ...rest })
    }
  } catch (thrown) {
    const error = toErrorValue(thrown)
    if (job?.writes === true) void takeInCommitted(job)
    handlers.onError?.(error, job)
    const title = job?.title ?? 'The job'
    if (isCancelled(thrown) && job === undefined) return
    if (isCancelled(thrown)) {
      showToast({ title: `${title}: cancelled`, text: 'What it had not committed is gone.' })
    } else {
      const text = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
      showToast({ kind: 'bad', title: job === undefined ? 'The job did not start' : `${title}: failed`, text })
    }
  }
}

/** What a job committed before it was ended stays, and is shown like what one that was done committed. */
async function takeInCommitted(job: JobInfo): Promise<void> {
  try {
    const jobs = await getApi().call('jobs.list', {})
    const ended = jobs.find(({ id }) => id === job.id) ?? job
    if (ended.versionAfter === ended.versionBefore) await invalidateHistory(job.dataset)
    else await takeIn(ended)
  } catch {
    // Without an engine there is nothing to show, and the failure of the job was said.
  }
}

async function takeIn({ dataset, versionAfter }: JobInfo): Promise<void> {
  const tab = findTab(dataset)
  // Jobs write to main. Who looks back, or at a branch, is left where they are.
  if (versionAfter !== undefined && tab?.timeTravel === false) showCommit(dataset, undefined, versionAfter)
  await invalidateHistory(dataset).catch(() => undefined)
}
