import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'

/** A write that is to be undone or done again; without an entry the last one of the branch. */
export interface UndoRequest {
  readonly dataset: string
  readonly entry?: string
}

const store = createStore<{ readonly request: UndoRequest | null }>(() => ({ request: null }))

export function useUndoRequest(): UndoRequest | null {
  return useStore(store, ({ request }) => request)
}

/** Asks before a write is undone or done again, over whatever view is in front. */
export function askUndo(request: UndoRequest): void {
  store.setState({ request })
}

export function closeUndo(): void {
  store.setState({ request: null })
}

onTabClosed((dataset) => {
  if (store.getState().request?.dataset === dataset) closeUndo()
})
