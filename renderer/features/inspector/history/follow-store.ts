import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'

/** How rows are followed through versions. */
export interface Follow {
  /** Columns that recognise a row after updates; null = by row id alone. */
  readonly key: readonly string[] | null
}

/** By dataset: whoever said once which columns are the key is not asked again for the next row. */
const store = createStore<Readonly<Record<string, Follow>>>(() => ({}))

export function useFollow(dataset: string): Follow | undefined {
  return useStore(store, (all) => all[dataset])
}

export function chooseFollow(dataset: string, follow: Follow): void {
  store.setState({ [dataset]: follow })
}

onTabClosed((dataset) => {
  const { [dataset]: _closed, ...others } = store.getState()
  store.setState(others, true)
})
