import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Api } from '#renderer/bridge/host.ts'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { RowTotals } from '#shared/model/compare.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { OpenCompare } from '../compare-store.ts'
import type { RowsInput } from './identity-choice.ts'

/** A comparison of rows, under way or done. */
export type RowRun =
  | {
      readonly kind: 'running'
      readonly phase: 'reading' | 'matching'
      readonly rowsRead: number
      /** Null until the engine knows. */
      readonly rowsToRead: number | null
      readonly elapsedMs: number
    }
  | { readonly kind: 'done'; readonly comparison: string; readonly totals: RowTotals }
  | { readonly kind: 'failed'; readonly error: ErrorValue }
  /** The engine keeps only the newest results; this one has to be found again. */
  | { readonly kind: 'expired' }

interface Entry {
  readonly sides: string
  readonly rows: RowsInput
  readonly run: RowRun
}

/** By the dataset of the tab that compares. Kept outside the view: a look at the rows must not throw a long run away. */
const store = createStore<Readonly<Record<string, Entry>>>(() => ({}))
const running = new Map<string, AbortController>()

/** The run of a tab for these two states; undefined when there is none or it was for others. */
export function useRowRun(dataset: string, sides: OpenCompare): RowRun | undefined {
  const text = sidesKey(sides)
  return useStore(store, (all) => (all[dataset]?.sides === text ? all[dataset].run : undefined))
}

/** The same, outside React. */
export function getRowRun(dataset: string, sides: OpenCompare): RowRun | undefined {
  const entry = store.getState()[dataset]
  return entry?.sides === sidesKey(sides) ? entry.run : undefined
}

/** Starts comparing rows, in place of whatever ran for this tab. */
export async function startRun(api: Api, dataset: string, sides: OpenCompare, rows: RowsInput): Promise<void> {
  dropRun(dataset)
  const controller = new AbortController()
  running.set(dataset, controller)
  const text = sidesKey(sides)
  const show = (run: RowRun): void => {
    if (running.get(dataset) === controller) store.setState({ [dataset]: { sides: text, rows, run } })
  }
  show({ kind: 'running', phase: 'reading', rowsRead: 0, rowsToRead: null, elapsedMs: 0 })
  try {
    show(await readRun(api, sides, rows, controller.signal, show))
  } catch (error) {
    if (isCancelled(error) || controller.signal.aborted) forget(dataset, controller)
    else show({ kind: 'failed', error: toErrorValue(error) })
  } finally {
    if (running.get(dataset) === controller) running.delete(dataset)
  }
}

/** The same comparison once more, for a result that expired. */
export function repeatRun(api: Api, dataset: string, sides: OpenCompare): void {
  void startRun(api, dataset, sides, store.getState()[dataset]?.rows ?? {})
}

/** Ends a run and forgets what came of it. */
export function dropRun(dataset: string): void {
  running.get(dataset)?.abort()
  running.delete(dataset)
  remove(dataset)
}

/** Notes that the engine no longer has a result. */
export function expireRun(dataset: string, comparison: string): void {
  const entry = store.getState()[dataset]
  if (entry?.run.kind === 'done' && entry.run.comparison === comparison)
    store.setState({ [dataset]: { ...entry, run: { kind: 'expired' } } })
}

async function readRun(
  api: Api,
  { from, to }: OpenCompare,
  { key, ...rows }: RowsInput,
  signal: AbortSignal,
  show: (run: RowRun) => void,
): Promise<RowRun> {
  const input = {
    from: { dataset: from.dataset, ref: from.at },
    to: { dataset: to.dataset, ref: to.at },
    rows: { ...rows, ...(key === undefined ? {} : { key: [...key] }) },
  }
  for await (const item of api.stream('versions.compare', input, { signal })) {
    if (item.kind === 'progress') show({ ...item, kind: 'running' })
    // Pages are asked for as they are looked at.
    if (item.kind === 'rows') return { kind: 'done', comparison: item.comparison, totals: item.totals }
  }
  throw new AppError({ code: 'internal', message: 'The comparison ended before its rows were matched.' })
}

function sidesKey({ from, to }: OpenCompare): string {
  return [from.dataset, formatRef(from.at), to.dataset, formatRef(to.at)].join('\n')
}

function forget(dataset: string, controller: AbortController): void {
  if (running.get(dataset) === controller) remove(dataset)
}

function remove(dataset: string): void {
  const { [dataset]: _dropped, ...others } = store.getState()
  store.setState(others, true)
}

onTabClosed(dropRun)
