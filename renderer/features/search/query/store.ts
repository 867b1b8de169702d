import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'
import { showSubView } from '../sub-views.ts'
import { type Draft, NEW_DRAFT, type SearchQuery, toQuery } from './draft.ts'

/** A search as it was asked. `turn` grows with every press of Search. */
export interface Asked {
  readonly query: SearchQuery
  readonly turn: number
}

interface SearchState {
  readonly drafts: Readonly<Record<string, Draft>>
  /** The search whose results are shown or awaited, by dataset. */
  readonly asked: Readonly<Record<string, Asked>>
  /** The last search that was answered, and for which state. */
  readonly shown: Readonly<Record<string, Asked & { readonly place: string }>>
}

/** What was typed and asked, by dataset; it outlives the view. */
const store = createStore<SearchState>(() => ({ drafts: {}, asked: {}, shown: {} }))
let turns = 0

/** The form of a dataset; undefined until something was changed. */
export function useDraft(dataset: string): Draft | undefined {
  return useStore(store, (state) => state.drafts[dataset])
}

export function useAsked(dataset: string): Asked | undefined {
  return useStore(store, (state) => state.asked[dataset])
}

/** The last search of a dataset that was answered. */
export function useShown(dataset: string): SearchState['shown'][string] | undefined {
  return useStore(store, (state) => state.shown[dataset])
}

export function keepShown(dataset: string, answered: SearchState['shown'][string]): void {
  store.setState(({ shown }) => ({ shown: { ...shown, [dataset]: answered } }))
}

/** Gives up the search asked for; what is shown is an earlier one, or nothing. */
export function goBack(dataset: string, earlier: Asked | undefined): void {
  store.setState(({ asked }) => {
    const { [dataset]: _given, ...others } = asked
    return { asked: earlier === undefined ? others : { ...others, [dataset]: earlier } }
  })
}

export function getDraft(dataset: string): Draft | undefined {
  return store.getState().drafts[dataset]
}

export function changeDraft(dataset: string, draft: Draft): void {
  store.setState(({ drafts }) => ({ drafts: { ...drafts, [dataset]: draft } }))
}

export function ask(dataset: string, query: SearchQuery): void {
  turns += 1
  const turn = turns
  store.setState(({ asked }) => ({ asked: { ...asked, [dataset]: { query, turn } } }))
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
  store.setState(({ drafts, asked, shown }) => ({
    drafts: without(drafts),
    asked: without(asked),
    shown: without(shown),
  }))
})
