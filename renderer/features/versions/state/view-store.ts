import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type DatasetTab, onTabClosed } from '#renderer/features/workspace/index.ts'
import type { Picks } from './picks.ts'

/** A stretch of history, both ends inclusive. */
export interface Stretch {
  readonly oldest: number
  readonly newest: number
}

/** Which page of the Versions view is in front. */
export type HistoryPage = 'versions' | 'tags' | 'branches'

/** What the timeline and the list share about one branch of a dataset. */
export interface HistoryView {
  readonly picks: Picks
  /** The brushed stretch the list is narrowed to; null = all of it. */
  readonly stretch: Stretch | null
}

interface State {
  readonly views: Readonly<Record<string, HistoryView>>
  readonly pages: Readonly<Record<string, HistoryPage>>
  /** Datasets whose details pane is open. */
  readonly details: Readonly<Record<string, boolean>>
}

type Place = Pick<DatasetTab, 'dataset' | 'branch'>

const EMPTY: HistoryView = { picks: [], stretch: null }
const store = createStore<State>(() => ({ views: {}, pages: {}, details: {} }))

export function useHistoryView(place: Place): HistoryView {
  const key = keyOf(place)
  return useStore(store, (state) => state.views[key] ?? EMPTY)
}

/** {@link useHistoryView} for commands. */
export function getHistoryView(place: Place): HistoryView {
  return store.getState().views[keyOf(place)] ?? EMPTY
}

export function setPicks(place: Place, picks: Picks): void {
  change(place, (view) => ({ ...view, picks }))
}

export function setStretch(place: Place, stretch: Stretch | null): void {
  change(place, (view) => ({ ...view, stretch }))
}

export function useHistoryPage(dataset: string): HistoryPage {
  return useStore(store, (state) => state.pages[dataset] ?? 'versions')
}

export function showHistoryPage(dataset: string, page: HistoryPage): void {
  store.setState((state) => ({ pages: { ...state.pages, [dataset]: page } }))
}

export function useDetailsOpen(dataset: string): boolean {
  return useStore(store, (state) => state.details[dataset] ?? false)
}

export function openDetails(dataset: string, isOpen: boolean): void {
  store.setState((state) => ({ details: { ...state.details, [dataset]: isOpen } }))
}

onTabClosed((dataset) => {
  const kept = <Value>(record: Readonly<Record<string, Value>>, isOf: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !isOf(key)))
  store.setState((state) => ({
    views: kept(state.views, (key) => key.startsWith(`${dataset}/`)),
    pages: kept(state.pages, (key) => key === dataset),
    details: kept(state.details, (key) => key === dataset),
  }))
})

function change(place: Place, step: (view: HistoryView) => HistoryView): void {
  const key = keyOf(place)
  store.setState((state) => ({ views: { ...state.views, [key]: step(state.views[key] ?? EMPTY) } }))
}

function keyOf({ dataset, branch }: Place): string {
  return `${dataset}/${branch ?? ''}`
}
