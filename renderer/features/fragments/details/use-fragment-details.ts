import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ColumnStorage, FragmentDetails } from '#shared/model/fragment-details.ts'
import { type DatasetTab, getApi, refOf, versionKey } from '#renderer/features/workspace/index.ts'

/** One fragment of the version a tab shows, down to its pages. */
export function useFragmentDetails(tab: DatasetTab, id: number): UseQueryResult<FragmentDetails> {
  return useQuery({
    queryKey: [...versionKey('fragment', tab), String(id)],
    queryFn: ({ signal }) => getApi().call('fragments.get', { dataset: tab.dataset, ref: refOf(tab), id }, { signal }),
    structuralSharing: false,
  })
}

/** Bytes of every column over all fragments of the version a tab shows. */
export function useColumnStorage(tab: DatasetTab): UseQueryResult<readonly ColumnStorage[]> {
  return useQuery({
    queryKey: versionKey('columns', tab),
    queryFn: ({ signal }) => getApi().call('fragments.columns', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
    structuralSharing: false,
  })
}
