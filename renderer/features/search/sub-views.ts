import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The parts of the Search view. */
export const SUB_VIEWS = ['query', 'compare', 'recall'] as const
export type SubView = (typeof SUB_VIEWS)[number]

export const SUB_VIEW_TITLES: Readonly<Record<SubView, string>> = {
  query: 'Search',
  compare: 'Compare and judge',
  recall: 'Recall laboratory',
}

const store = createStore<{ readonly subView: SubView }>(() => ({ subView: 'query' }))

export function useSubView(): SubView {
  return useStore(store, (state) => state.subView)
}

export function showSubView(subView: SubView): void {
  store.setState({ subView })
}
