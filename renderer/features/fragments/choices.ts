import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** How the Fragments tab shows what it shows. */
export type FragmentsPlace = 'map' | 'table' | 'columns'
/** `strip` keeps the order of the ids, `squares` puts the largest first. */
export type MapLayout = 'strip' | 'squares'
export type MapArea = 'bytes' | 'rows' | 'equal'
/** What colours say; `index:name` is coverage by one index. */
export type MapColour = 'deleted' | 'age' | 'format' | 'size' | 'coverage' | `index:${string}`

export interface FragmentsChoices {
  readonly place: FragmentsPlace
  readonly layout: MapLayout
  readonly area: MapArea
  readonly colour: MapColour
}

const store = createStore<FragmentsChoices>(() => ({
  place: 'map',
  layout: 'strip',
  area: 'bytes',
  colour: 'deleted',
}))

/** What a person chose in this window, for all datasets. */
export function useChoices(): FragmentsChoices {
  return useStore(store)
}

export function choose(change: Partial<FragmentsChoices>): void {
  store.setState(change)
}
