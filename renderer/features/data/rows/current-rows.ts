import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { RowsSource } from './rows-source.ts'

/** The rows a mounted Data view shows, for those who follow it: the inspector and its row buttons. */
export interface CurrentRows {
  readonly source: RowsSource
  /** Makes a row (0-based) active and visible. */
  goTo(row: number): void
}

const store = createStore<Readonly<Record<string, CurrentRows>>>(() => ({}))

/** Announces the rows of a dataset; returns the function that takes them back. */
export function announceRows(dataset: string, rows: CurrentRows): () => void {
  store.setState({ [dataset]: rows })
  return () => {
    const { [dataset]: current, ...others } = store.getState()
    if (current === rows) store.setState(others, true)
  }
}

/** Rows of the dataset's Data view; undefined while another view is in front. */
export function useCurrentRows(dataset: string): CurrentRows | undefined {
  return useStore(store, (all) => all[dataset])
}
