import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { RecallReport } from '#shared/model/search.ts'
import { getApi, onTabClosed } from '#renderer/features/workspace/index.ts'
import type { RecallForm, RecallQuery } from './form.ts'

/** A measurement under way or ended. */
export interface RecallRun {
  readonly job?: JobInfo
  readonly error?: ErrorValue
  readonly report?: RecallReport
  /** The report before, of the same column, to compare with. */
  readonly before?: RecallReport
}

interface RunsState {
  readonly runs: Readonly<Record<string, RecallRun>>
  readonly forms: Readonly<Record<string, RecallForm>>
}

/** Measurements by dataset; they go on when their view is left. */
const store = createStore<RunsState>(() => ({ runs: {}, forms: {} }))

export function useRun(dataset: string): RecallRun | undefined {
  return useStore(store, (state) => state.runs[dataset])
}

export function useForm(dataset: string): RecallForm | undefined {
  return useStore(store, (state) => state.forms[dataset])
}

export function changeForm(dataset: string, form: RecallForm): void {
  store.setState(({ forms }) => ({ forms: { ...forms, [dataset]: form } }))
}

/** Starts a measurement; one of the same dataset that still runs goes on as a job, but its report is not shown. */
export async function startRecall(dataset: string, at: Ref, query: RecallQuery): Promise<void> {
  const last = store.getState().runs[dataset]?.report
  const before = last?.column === query.column && last.k === query.k ? { before: last } : {}
  const own: { run: RecallRun } = { run: { ...before } }
  const set = (run: RecallRun): void => {
    if (store.getState().runs[dataset] !== own.run) return
    own.run = run
    put(dataset, run)
  }
  put(dataset, own.run)
  try {
    for await (const event of getApi().stream('search.recall', { dataset, ref: at, ...query })) {
      set(event.kind === 'job' ? { ...before, job: event.job } : { ...before, report: event.result })
    }
  } catch (error) {
    // A cancelled run leaves what was there before.
    if (isCancelled(error)) set(last === undefined ? {} : { report: last })
    else set({ ...before, error: toErrorValue(error) })
  }
}

export async function cancelRecall(job: string): Promise<void> {
  // When it has just ended, there is nothing left to cancel.
  await getApi()
    .call('jobs.cancel', { job })
    .catch(() => undefined)
}

function put(dataset: string, run: RecallRun): void {
  store.setState(({ runs }) => ({ runs: { ...runs, [dataset]: run } }))
}

onTabClosed((dataset) => {
  const without = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== dataset))
  store.setState(({ runs, forms }) => ({ runs: without(runs), forms: without(forms) }))
})
