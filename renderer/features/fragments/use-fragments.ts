import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { type DatasetTab, getApi, refOf, versionKey } from '#renderer/features/workspace/index.ts'

/** Fragments of the version a tab shows, in id order of the manifest; not read while nobody wants them. */
export function useFragments(tab: DatasetTab, isWanted = true): UseQueryResult<readonly FragmentEntry[]> {
  return useQuery({
    queryKey: versionKey('fragments', tab),
    queryFn: ({ signal }) => getApi().call('fragments.list', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
    structuralSharing: false,
    enabled: isWanted,
  })
}
