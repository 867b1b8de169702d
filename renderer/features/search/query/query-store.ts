import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { ErrorValue } from '#shared/errors.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SearchResult } from '#shared/model/search.ts'
import type { SearchQuery } from './draft.ts'
import type { SearchDraft } from './search-draft.ts'

/** A search as it was sent. */
export interface SentSearch {
  readonly dataset: string
  readonly at: Ref
  readonly query: SearchQuery
  /** Columns read along. */
  readonly columns: readonly string[]
}

/** Where a search stands. The last answer stays on screen while the next is computed, and if it fails. */
export interface SearchState {
  readonly running: SentSearch | null
  readonly answer: { readonly sent: SentSearch; readonly result: SearchResult } | null
  /** Why the newest search gave nothing. */
  readonly failure: { readonly sent: SentSearch; readonly error: ErrorValue } | null
}

export const IDLE: SearchState = { running: null, answer: null, failure: null }

interface Kept {
  readonly draft: SearchDraft | null
  readonly search: SearchState
}

const NOTHING: Kept = { draft: null, search: IDLE }

/** Form and answer of each dataset: another view in between loses neither. */
const store = createStore<Readonly<Record<string, Kept>>>(() => ({}))

export function useKeptDraft(dataset: string): SearchDraft | null {
  return useStore(store, (all) => (all[dataset] ?? NOTHING).draft)
}

export function useSearchState(dataset: string): SearchState {
  return useStore(store, (all) => (all[dataset] ?? NOTHING).search)
}

export function keepDraft(dataset: string, draft: SearchDraft): void {
  store.setState((all) => ({ [dataset]: { ...(all[dataset] ?? NOTHING), draft } }))
}

export function setSearchState(dataset: string, change: Partial<SearchState>): void {
  store.setState((all) => {
    const kept = all[dataset] ?? NOTHING
    return { [dataset]: { ...kept, search: { ...kept.search, ...change } } }
  })
}

onTabClosed((dataset) => {
  const { [dataset]: _closed, ...others } = store.getState()
  store.setState(others, true)
})
