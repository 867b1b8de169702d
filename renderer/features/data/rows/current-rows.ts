import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { RowOwner } from '#renderer/features/workspace/index.ts'
import type { PageValue } from './loaded-page.ts'

/** Rows on screen as those see them who follow: numbers are 0-based in the view. */
export interface ShownRows {
  readonly rowCount: number
  /** Exact row id; undefined while the row is not there. */
  rowId(row: number): string | undefined
  /** The fetched value of a cell; undefined while it is not there or could not be read. */
  value(row: number, column: string): PageValue | undefined
}

/** The rows a mounted view shows, for those who follow it: the inspector and its row buttons. */
export interface CurrentRows {
  readonly source: ShownRows
  /** Makes a row (0-based) active and visible. */
  goTo(row: number): void
  /** Where a row stands in a view of several datasets; undefined when it does not. */
  find?(row: Pick<RowOwner, 'location' | 'row'>): number | undefined
}

const store = createStore<Readonly<Record<string, CurrentRows>>>(() => ({}))

/** Announces rows by the dataset they are of, or by what the view of several calls them; returns what takes them back. */
export function announceRows(name: string, rows: CurrentRows): () => void {
  store.setState({ [name]: rows })
  return () => {
    const { [name]: current, ...others } = store.getState()
    if (current === rows) store.setState(others, true)
  }
}

/** The rows announced by a name; undefined while another view is in front. */
export function useCurrentRows(name: string): CurrentRows | undefined {
  return useStore(store, (all) => all[name])
}
