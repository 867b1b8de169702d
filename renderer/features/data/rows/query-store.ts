import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { SortState } from '#renderer/grid/types.ts'

/** Filter and order a person chose for a dataset; kept while the window lives, also when another view is in front. */
export interface ChosenQuery {
  /** SQL; empty = all rows. */
  readonly filter: string
  readonly sort: readonly SortState[]
}

const NOTHING_CHOSEN: ChosenQuery = { filter: '', sort: [] }
const store = createStore<Readonly<Record<string, ChosenQuery>>>(() => ({}))

export function useChosenQuery(dataset: string): ChosenQuery {
  return useStore(store, (all) => all[dataset] ?? NOTHING_CHOSEN)
}

export function chooseQuery(dataset: string, change: Partial<ChosenQuery>): void {
  store.setState((all) => ({ [dataset]: { ...(all[dataset] ?? NOTHING_CHOSEN), ...change } }))
}
