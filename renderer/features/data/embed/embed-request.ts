import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** A wish for vectors of a text column, or for other vectors than a column has. */
export type EmbedRequest =
  | { readonly kind: 'embed'; readonly dataset: string; readonly source?: string }
  | { readonly kind: 'migrate'; readonly dataset: string; readonly column: string }

const store = createStore<{ readonly request: EmbedRequest | null }>(() => ({ request: null }))

/** Opens the dialog over the view in front. */
export function requestEmbed(request: EmbedRequest): void {
  store.setState({ request })
}

export function closeEmbed(): void {
  store.setState({ request: null })
}

export function useEmbedRequest(): EmbedRequest | null {
  return useStore(store, ({ request }) => request)
}

/** What can be asked for a column: vectors of its texts, others in place of its vectors, or nothing. */
export function embedKindOf({
  kind,
  logicalType,
}: Pick<SchemaField, 'kind' | 'logicalType'>): EmbedRequest['kind'] | null {
  if (kind === 'vector') return logicalType.startsWith('fixed_size_list:float:') ? 'migrate' : null
  if (kind === 'json') return null
  return /^(large_)?string$|^dict:(large_)?string:/.test(logicalType) ? 'embed' : null
}

onTabClosed((dataset) => {
  if (store.getState().request?.dataset === dataset) closeEmbed()
})
