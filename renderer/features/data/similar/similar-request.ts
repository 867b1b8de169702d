import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Elements LanceDB measures distances of. */
const SEARCHABLE = new Set(['halffloat', 'float', 'double', 'uint8'])

/** True for a column of vectors LanceDB can search, one vector a row or several. */
export function isSearchedByVector({ logicalType, kind, children }: SchemaField): boolean {
  const element = /^fixed_size_list:([a-z0-9]+):\d+$/.exec(logicalType)?.[1]
  if (element !== undefined) return SEARCHABLE.has(element)
  const inner = kind === 'list' ? children[0] : undefined
  return inner !== undefined && isSearchedByVector(inner)
}

/** A wish to see the rows nearest to one; `column` names the vector column when it was chosen on one. */
export interface SimilarRequest {
  readonly rowId: string
  readonly column?: string
}

const store = createStore<Readonly<Record<string, SimilarRequest>>>(() => ({}))

/** Asks the Search view of a dataset for rows like this one, and brings that view to the front. */
export function findSimilar(dataset: string, request: SimilarRequest): void {
  store.setState({ [dataset]: request })
  showView(dataset, 'search')
}

/** The wish nobody has answered yet. */
export function useSimilarRequest(dataset: string): SimilarRequest | undefined {
  return useStore(store, (all) => all[dataset])
}

/** Takes a wish off once it is answered. */
export function settleSimilar(dataset: string): void {
  const { [dataset]: _settled, ...others } = store.getState()
  store.setState(others, true)
}

onTabClosed(settleSimilar)
