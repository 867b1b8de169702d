import { useQuery } from '@tanstack/react-query'
import { type DatasetTab, getApi, queryClient, refOf, versionKey } from '#renderer/features/workspace/index.ts'

const LIST = ['embedders'] as const

/** Everything that can make vectors of a text here. */
export function useEmbedders() {
  return useQuery({ queryKey: LIST, queryFn: ({ signal }) => getApi().call('embedders.list', {}, { signal }) })
}

/** Where the vectors of each column come from, as far as the version says. */
export function useColumnEmbedders(tab: DatasetTab) {
  return useQuery({
    queryKey: versionKey('column-embedders', tab),
    queryFn: ({ signal }) => getApi().call('embedders.columns', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
  })
}

/** After an endpoint was added: the list, and which columns it fits, are read again. */
export async function reloadEmbedders(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [what] }) => what === 'embedders' || what === 'column-embedders',
  })
}
