import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { IndexCreated, IndicesOptimized } from '#shared/model/index-entry.ts'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'

/** A step on indices that asks something first. */
export type IndexRequest =
  | { readonly kind: 'create'; readonly dataset: string; readonly column?: string }
  | { readonly kind: 'drop'; readonly dataset: string; readonly name: string }
  | { readonly kind: 'rebuild'; readonly dataset: string; readonly name: string }
  | { readonly kind: 'fold-in'; readonly dataset: string }

/** What came of the last step of a dataset, until it is dismissed. */
export type IndexOutcome =
  | { readonly kind: 'created'; readonly result: IndexCreated }
  | { readonly kind: 'folded-in'; readonly result: IndicesOptimized }

interface IndicesState {
  readonly request: IndexRequest | null
  /** Name of the index looked at, by dataset. */
  readonly chosen: Readonly<Record<string, string>>
  readonly outcomes: Readonly<Record<string, IndexOutcome>>
}

const store = createStore<IndicesState>(() => ({ request: null, chosen: {}, outcomes: {} }))

export function useRequest(): IndexRequest | null {
  return useStore(store, (state) => state.request)
}

/** Opens the dialog of a step, over whatever view is in front. */
export function request(step: IndexRequest): void {
  store.setState({ request: step })
}

export function closeRequest(): void {
  store.setState({ request: null })
}

export function useChosen(dataset: string): string | undefined {
  return useStore(store, (state) => state.chosen[dataset])
}

export function choose(dataset: string, name: string): void {
  store.setState(({ chosen }) => ({ chosen: { ...chosen, [dataset]: name } }))
}

/** Shows the indices of a dataset, with one of them chosen. */
export function openIndices(dataset: string, name?: string): void {
  if (name !== undefined) choose(dataset, name)
  showView(dataset, 'indices')
}

export function useOutcome(dataset: string): IndexOutcome | undefined {
  return useStore(store, (state) => state.outcomes[dataset])
}

/** Keeps what came of a step; undefined forgets it. */
export function setOutcome(dataset: string, outcome: IndexOutcome | undefined): void {
  store.setState(({ outcomes }) => {
    const rest = without(outcomes, dataset)
    return { outcomes: outcome === undefined ? rest : { ...rest, [dataset]: outcome } }
  })
}

onTabClosed((dataset) => {
  store.setState(({ request: open, chosen, outcomes }) => ({
    request: open?.dataset === dataset ? null : open,
    chosen: without(chosen, dataset),
    outcomes: without(outcomes, dataset),
  }))
})

function without<T>(record: Readonly<Record<string, T>>, dataset: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== dataset))
}
