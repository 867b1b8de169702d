import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** A wish to see a text as the full-text indices see it: that of a cell, or, without one, a text to be typed. */
export interface TokensRequest {
  readonly dataset: string
  readonly cell?: { readonly rowId: string; readonly column: string }
}

const store = createStore<{ readonly request: TokensRequest | null }>(() => ({ request: null }))

/** Opens the dialog of tokens over the view in front. */
export function showTokens(request: TokensRequest): void {
  store.setState({ request })
}

export function closeTokens(): void {
  store.setState({ request: null })
}

export function useTokensRequest(): TokensRequest | null {
  return useStore(store, ({ request }) => request)
}

/** True for columns whose cells are plain text. */
export function hasTokens({ logicalType }: Pick<SchemaField, 'logicalType'>): boolean {
  return logicalType === 'string' || logicalType === 'large_string'
}

onTabClosed((dataset) => {
  if (store.getState().request?.dataset === dataset) closeTokens()
})
