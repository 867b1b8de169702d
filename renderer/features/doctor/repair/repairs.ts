import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { Repair, RepairResult } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { refreshEntry } from '#renderer/features/datasets/index.ts'
import { invalidateHistory, reloadVersionLog } from '#renderer/features/history/index.ts'
import { cancelJob } from '#renderer/features/jobs/index.ts'
import { refreshStorage } from '#renderer/features/storage/index.ts'
import {
  activeTab,
  closeTab,
  dismissFailure,
  getApi,
  getWorkspace,
  openLocation,
  showCommit,
} from '#renderer/features/workspace/index.ts'
import { checkAgain, realLocation } from '../state/runs.ts'

/** A repair of a location: at work, or how the last one ended. */
export type RepairRun =
  | { readonly kind: 'running'; readonly repair: Repair; readonly job?: JobInfo }
  | { readonly kind: 'done'; readonly result: RepairResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorValue }

/** By location: a repair goes on, and its result stays, when the dataset's tab is opened anew by it. */
const store = createStore<{ readonly runs: Readonly<Record<string, RepairRun>> }>(() => ({ runs: {} }))
const running = new Map<string, AbortController>()

export function useRepairRun(location: string): RepairRun | undefined {
  return useStore(store, ({ runs }) => runs[location])
}

/** Forgets how the last repair ended. */
export function dismissRepair(location: string): void {
  store.setState(({ runs }) => ({ runs: Object.fromEntries(Object.entries(runs).filter(([key]) => key !== location)) }))
}

/** Does one repair, takes in what it changed, and checks again; true when it was done. Never throws: its end is in the run. */
export async function startRepair(location: string, repair: Repair): Promise<boolean> {
  const controller = new AbortController()
  running.set(location, controller)
  show(location, { kind: 'running', repair })
  try {
    let result: RepairResult | undefined
    const events = getApi().stream(
      'doctor.repair',
      { location, repair: toInput(repair) },
      { signal: controller.signal },
    )
    for await (const event of events) {
      if (event.kind === 'job') show(location, { kind: 'running', repair, job: event.job })
      else result = event.result
    }
    if (result === undefined) {
      show(location, { kind: 'cancelled' })
      return false
    }
    show(location, { kind: 'done', result })
    // It is only read: a check would find the same.
    if (repair.kind === 'copy-readable') return true
    if (repair.kind === 'set-aside-newest' && repair.branch === undefined) dismissFailure(location)
    await takeIn(realLocation(location), result)
    checkAgain(location)
    return true
  } catch (error) {
    show(location, isCancelled(error) ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorValue(error) })
    return false
  } finally {
    running.delete(location)
  }
}

/** Ends a repair at work: its job where it has one, so that no process goes on unseen. */
export async function cancelRepair(location: string): Promise<void> {
  const run = store.getState().runs[location]
  if (run?.kind === 'running' && run.job !== undefined && run.job.endedAt === undefined) await cancelJob(run.job.id)
  running.get(location)?.abort()
}

function show(location: string, run: RepairRun): void {
  store.setState(({ runs }) => ({ runs: { ...runs, [location]: run } }))
}

/** The window sees what the repair made of the dataset: its tab, the list, the notice of its failure. */
async function takeIn(location: string, { repair, version, branch }: RepairResult): Promise<void> {
  const tab = getWorkspace().tabs.find((it) => it.location === location)
  void refreshEntry(location)
  if (repair === 'set-aside-newest') {
    if (branch === undefined) dismissFailure(location)
    if (tab === undefined) return
    if (tab.branch !== branch) {
      reloadVersionLog(tab.dataset, branch)
      await invalidateHistory(tab.dataset).catch(() => undefined)
      return
    }
    // Newest versions only ever grow in an open tab, and here one went away.
    const isInFront = activeTab()?.dataset === tab.dataset
    closeTab(tab.dataset)
    const start = { view: tab.view, ...(branch === undefined ? {} : { branch }) }
    await openLocation(location, { start, activate: isInFront, remember: false })
    return
  }
  if (tab === undefined) return
  if (version !== undefined && !tab.timeTravel) showCommit(tab.dataset, undefined, version)
  await invalidateHistory(tab.dataset).catch(() => undefined)
  // Files went away without a new version.
  if (repair === 'remove-files') await refreshStorage(tab.dataset).catch(() => undefined)
}

/** The contract takes lists it may keep. */
function toInput(repair: Repair) {
  return repair.kind === 'remove-files' ? { ...repair, paths: [...repair.paths] } : repair
}
