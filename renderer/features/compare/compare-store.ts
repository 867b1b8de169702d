import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'
import type { Ref } from '#shared/model/ref.ts'

/** One side of a comparison: a state of an open dataset. */
export interface CompareSide {
  readonly dataset: string
  readonly at: Ref
}

/** The two states a tab compares, by custom the older one first. */
export interface OpenCompare {
  readonly from: CompareSide
  readonly to: CompareSide
}

/** By the dataset of the tab that shows the comparison. */
const store = createStore<Readonly<Record<string, OpenCompare>>>(() => ({}))

/** Compares two states of a dataset in its Versions view, which comes to the front. */
export function openCompare(dataset: string, from: Ref, to: Ref): void {
  changeCompare(dataset, { from: { dataset, at: from }, to: { dataset, at: to } })
  showView(dataset, 'versions')
}

/** Puts other states in place of those a tab compares. */
export function changeCompare(dataset: string, sides: OpenCompare): void {
  store.setState({ [dataset]: sides })
}

/** Ends the comparison of a tab; the Versions view shows its list again. */
export function closeCompare(dataset: string): void {
  const { [dataset]: _closed, ...others } = store.getState()
  store.setState(others, true)
}

/** What a tab compares; undefined while it compares nothing. */
export function useOpenCompare(dataset: string): OpenCompare | undefined {
  return useStore(store, (all) => all[dataset])
}

// A comparison with a dataset that was closed could only fail from now on.
onTabClosed((closed) => {
  for (const [dataset, { from, to }] of Object.entries(store.getState())) {
    if ([dataset, from.dataset, to.dataset].includes(closed)) closeCompare(dataset)
  }
})
