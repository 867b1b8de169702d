import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Spacing } from './model.ts'
import type { Measure } from './paint.ts'

/** How the person wants timelines drawn, for every dataset of the window. */
export interface TimelineSettings {
  /** Null = whichever shows more of the history at hand. */
  readonly spacing: Spacing | null
  readonly measure: Measure
}

const store = createStore<TimelineSettings>(() => ({ spacing: null, measure: 'rows' }))

export function useTimelineSettings(): TimelineSettings {
  return useStore(store)
}

export function getTimelineSettings(): TimelineSettings {
  return store.getState()
}

export function changeTimeline(change: Partial<TimelineSettings>): void {
  store.setState(change)
}
