import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { DoctorEvent, DoctorFinding, DoctorReport } from '#shared/model/doctor.ts'
import { getApi } from '#renderer/features/workspace/index.ts'

export type CheckProgress = Extract<DoctorEvent, { readonly kind: 'progress' }>

interface Begun {
  readonly deep: boolean
  /** As found so far, in the order they were found. */
  readonly findings: readonly DoctorFinding[]
}

/** The last check of a location, whatever came of it. */
export type CheckRun =
  | (Begun & { readonly kind: 'running'; readonly progress?: CheckProgress })
  | (Begun & { readonly kind: 'done'; readonly report: DoctorReport; /** ms since 1970. */ readonly endedAtMs: number })
  | (Begun & { readonly kind: 'cancelled' })
  | (Begun & { readonly kind: 'failed'; readonly error: ErrorValue })

/** Checks by location: they outlive the view they were started from, and tabs that open and close. */
const store = createStore<{ readonly runs: Readonly<Record<string, CheckRun>> }>(() => ({ runs: {} }))
const running = new Map<string, AbortController>()

/** The last check of a location; undefined when there was none in this window. */
export function useCheckRun(location: string): CheckRun | undefined {
  return useStore(store, ({ runs }) => runs[location])
}

/** Checks a location; a check of it that runs is left for the new one. Never throws: its end is in the run. */
export async function startCheck(location: string, deep: boolean): Promise<void> {
  running.get(location)?.abort()
  const controller = new AbortController()
  running.set(location, controller)
  let run: CheckRun = { kind: 'running', deep, findings: [] }
  const show = (next: CheckRun): void => {
    run = next
    // A newer check of the same location owns the place.
    if (running.get(location) === controller) store.setState(({ runs }) => ({ runs: { ...runs, [location]: next } }))
  }
  show(run)
  try {
    for await (const event of getApi().stream('doctor.check', { location, deep }, { signal: controller.signal })) {
      const { findings } = run
      if (event.kind === 'progress') show({ kind: 'running', deep, findings, progress: event })
      else if (event.kind === 'finding') show({ ...run, findings: [...findings, event.finding] })
      else show({ kind: 'done', deep, findings: event.report.findings, report: event.report, endedAtMs: Date.now() })
    }
    if (run.kind === 'running') show({ kind: 'cancelled', deep, findings: run.findings })
  } catch (error) {
    const { findings } = run
    if (isCancelled(error)) show({ kind: 'cancelled', deep, findings })
    else show({ kind: 'failed', deep, findings, error: toErrorValue(error) })
  } finally {
    if (running.get(location) === controller) running.delete(location)
  }
}

/** Where the dataset really is, as the last report says: a person may have typed `~`, or a link. */
export function realLocation(location: string): string {
  return realOf(store.getState().runs[location], location)
}

/** {@link realLocation} for components. */
export function useRealLocation(location: string): string {
  return useStore(store, ({ runs }) => realOf(runs[location], location))
}

function realOf(run: CheckRun | undefined, location: string): string {
  return run?.kind === 'done' ? run.report.location : location
}

/** A quick check of a location that is being looked at for the first time. */
export function startCheckUnlessKnown(location: string): void {
  if (store.getState().runs[location] === undefined) void startCheck(location, false)
}

/** Checks again after something changed, as deep as before. */
export function checkAgain(location: string): void {
  void startCheck(location, store.getState().runs[location]?.deep ?? false)
}

export function cancelCheck(location: string): void {
  running.get(location)?.abort()
}
