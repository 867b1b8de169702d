import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'

/** Which rows: those chosen in the grid, whose ids are read when they are needed, or all that match. */
export type RowsToDelete =
  | {
      readonly kind: 'chosen'
      readonly count: number
      /** Exact decimal row ids in the version shown. */
      fetchIds(signal: AbortSignal): Promise<readonly string[]>
    }
  | { readonly kind: 'filter'; readonly filter: string }

/** Rows of main somebody wants deleted. Nothing is deleted before they were asked. */
export interface DeleteRequest {
  /** Another one for every request. */
  readonly id: number
  readonly dataset: string
  /** The version the rows are shown in. */
  readonly version: number
  readonly rows: RowsToDelete
}

const store = createStore<{ readonly request: DeleteRequest | null }>(() => ({ request: null }))
let lastId = 0

export function useDeleteRequest(): DeleteRequest | null {
  return useStore(store, ({ request }) => request)
}

/** Asks before rows are deleted, over whatever view is in front. */
export function askDelete(request: Omit<DeleteRequest, 'id'>): void {
  store.setState({ request: { ...request, id: ++lastId } })
}

/** Closes one request; another made since stays. */
export function closeDelete(id: number): void {
  store.setState(({ request }) => (request?.id === id ? { request: null } : {}))
}

onTabClosed((dataset) => {
  const { request } = store.getState()
  if (request?.dataset === dataset) closeDelete(request.id)
})
