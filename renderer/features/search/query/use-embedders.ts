import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import { type DatasetTab, getApi, queryClient, refOf, versionKey } from '#renderer/features/workspace/index.ts'

export const EMBEDDERS = ['embedders'] as const
const ORIGINS = 'embedders.columns'

/** Everything that can make vectors of a text here. */
export function useEmbedders(): UseQueryResult<readonly EmbedderInfo[]> {
  return useQuery({ queryKey: EMBEDDERS, queryFn: ({ signal }) => getApi().call('embedders.list', {}, { signal }) })
}

/** Where the vectors of each column come from, as far as the version says. */
export function useColumnOrigins(tab: DatasetTab, isWanted: boolean): UseQueryResult<readonly ColumnEmbedder[]> {
  return useQuery({
    queryKey: versionKey(ORIGINS, tab),
    queryFn: ({ signal }) => getApi().call('embedders.columns', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
    enabled: isWanted,
  })
}

/** After endpoints changed: the list and which columns they fit are read again, and vectors they made are forgotten. */
export async function reloadEmbedders(): Promise<void> {
  queryClient.removeQueries({ queryKey: ['embedding'] })
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [what] }) => what === EMBEDDERS[0] || what === ORIGINS,
  })
}
