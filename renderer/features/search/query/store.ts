import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'
import { showSubView } from '../sub-views.ts'
import { type Draft, NEW_DRAFT, type SearchQuery, toQuery } from './draft.ts'

interface SearchState {
  readonly drafts: Readonly<Record<string, Draft>>
  /** The search whose results are shown, by dataset. `turn` grows with every press of Search. */
  readonly asked: Readonly<Record<string, { readonly query: SearchQuery; readonly turn: number }>>
}

/** What was typed and asked, by dataset; it outlives the view. */
const store = createStore<SearchState>(() => ({ drafts: {}, asked: {} }))

/** The form of a dataset; undefined until something was changed. */
export function useDraft(dataset: string): Draft | undefined {
  return useStore(store, (state) => state.drafts[dataset])
}

export function useAsked(dataset: string): SearchState['asked'][string] | undefined {
  return useStore(store, (state) => state.asked[dataset])
}

export function getDraft(dataset: string): Draft | undefined {
  return store.getState().drafts[dataset]
}

export function changeDraft(dataset: string, draft: Draft): void {
  store.setState(({ drafts }) => ({ drafts: { ...drafts, [dataset]: draft } }))
}

export function ask(dataset: string, query: SearchQuery): void {
  store.setState(({ asked }) => ({
    asked: { ...asked, [dataset]: { query, turn: (asked[dataset]?.turn ?? 0) + 1 } },
  }))
}

/** Shows the rows most like one, in the query part of the Search view; what else the form says stays. */
export function findSimilar(dataset: string, rowId: string, column?: string): void {
  const draft: Draft = {
    ...(store.getState().drafts[dataset] ?? NEW_DRAFT),
    mode: 'vector',
    source: 'row',
    rowId,
    ...(column === undefined ? {} : { column }),
  }
  changeDraft(dataset, draft)
  const result = toQuery(draft)
  if (result.ok) ask(dataset, result.query)
  showSubView('query')
  showView(dataset, 'search')
}

onTabClosed((dataset) => {
  const without = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== dataset))
  store.setState(({ drafts, asked }) => ({ drafts: without(drafts), asked: without(asked) }))
})
