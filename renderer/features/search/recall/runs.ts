import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { Ref } from '#shared/model/ref.ts'
import { getApi, onTabClosed, readSetting, writeSetting } from '#renderer/features/workspace/index.ts'
import type { RecallForm, RecallQuery } from './form.ts'
import { type KeptReport, parseReports, withReport } from './kept-reports.ts'

/** A measurement under way, or why there is none. Without any of its fields it is about to start. */
export interface RecallRun {
  readonly job?: JobInfo
  readonly error?: ErrorValue
  readonly isCancelled?: true
}

interface RunsState {
  /** The last measurement that has not succeeded (yet). */
  readonly runs: Readonly<Record<string, RecallRun>>
  readonly forms: Readonly<Record<string, RecallForm>>
  /** Reports, newest first; absent until they were read. */
  readonly kept: Readonly<Record<string, readonly KeptReport[]>>
  /** `at` of the report shown; absent = the newest. */
  readonly shown: Readonly<Record<string, string>>
}

/** Measurements by dataset; they go on when their view is left. */
const store = createStore<RunsState>(() => ({ runs: {}, forms: {}, kept: {}, shown: {} }))

export function useRun(dataset: string): RecallRun | undefined {
  return useStore(store, (state) => state.runs[dataset])
}

export function useForm(dataset: string): RecallForm | undefined {
  return useStore(store, (state) => state.forms[dataset])
}

export function changeForm(dataset: string, form: RecallForm): void {
  store.setState(({ forms }) => ({ forms: { ...forms, [dataset]: form } }))
}

/** Reports of a dataset, newest first; undefined until they were read. */
export function useReports(dataset: string): readonly KeptReport[] | undefined {
  useEffect(() => void load(dataset), [dataset])
  return useStore(store, (state) => state.kept[dataset])
}

/** `at` of the report a person chose to see; undefined = the newest. */
export function useShownReport(dataset: string): string | undefined {
  return useStore(store, (state) => state.shown[dataset])
}

export function showReport(dataset: string, at: string): void {
  store.setState(({ shown }) => ({ shown: { ...shown, [dataset]: at } }))
}

/** Starts a measurement; one of the same dataset that still runs goes on as a job, but its report is not shown. */
export async function startRecall(dataset: string, at: Ref, query: RecallQuery): Promise<void> {
  const own: { run: RecallRun } = { run: {} }
  const isCurrent = (): boolean => store.getState().runs[dataset] === own.run
  const set = (run: RecallRun): void => {
    if (!isCurrent()) return
    own.run = run
    put(dataset, run)
  }
  put(dataset, own.run)
  try {
    for await (const event of getApi().stream('search.recall', { dataset, ref: at, ...query })) {
      if (event.kind === 'job') {
        set({ job: event.job })
        continue
      }
      await load(dataset)
      if (!isCurrent()) return
      keep(dataset, { report: event.result, query })
    }
  } catch (error) {
    set(isCancelled(error) ? { isCancelled: true } : { error: toErrorValue(error) })
  }
}

export async function cancelRecall(job: string): Promise<void> {
  // When it has just ended, there is nothing left to cancel.
  await getApi()
    .call('jobs.cancel', { job })
    .catch(() => undefined)
}

async function load(dataset: string): Promise<void> {
  if (store.getState().kept[dataset] !== undefined) return
  const saved = parseReports(await readSetting(settingOf(dataset)))
  if (store.getState().kept[dataset] === undefined)
    store.setState(({ kept }) => ({ kept: { ...kept, [dataset]: saved } }))
}

function keep(dataset: string, one: KeptReport): void {
  const list = store.getState().kept[dataset] ?? []
  const bounded = withReport(list, one)
  void writeSetting(settingOf(dataset), JSON.parse(JSON.stringify(bounded)) as Parameters<typeof writeSetting>[1])
  store.setState(({ kept, runs, shown }) => ({
    // As it came, for this window: what is remembered may be shorter.
    kept: { ...kept, [dataset]: [one, ...bounded.filter(({ report }) => report.at !== one.report.at)] },
    runs: without(runs, dataset),
    shown: without(shown, dataset),
  }))
}

function put(dataset: string, run: RecallRun): void {
  store.setState(({ runs }) => ({ runs: { ...runs, [dataset]: run } }))
}

const settingOf = (dataset: string): string => `recall:${dataset}`

const without = <T>(record: Readonly<Record<string, T>>, dataset: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== dataset))

onTabClosed((dataset) => {
  store.setState(({ runs, forms, kept, shown }) => ({
    runs: without(runs, dataset),
    forms: without(forms, dataset),
    kept: without(kept, dataset),
    shown: without(shown, dataset),
  }))
})
