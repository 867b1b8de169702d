import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { IndexEntry, IndexPartitions, IndexProposals } from '#shared/model/index-entry.ts'
import type { CompactionPreview } from '#shared/model/storage.ts'
import { type DatasetTab, getApi, refOf, versionKey } from '#renderer/features/workspace/index.ts'

/** Every index of the version a tab shows. */
export function useIndices(tab: DatasetTab): UseQueryResult<readonly IndexEntry[]> {
  return useQuery({
    queryKey: versionKey('indices.list', tab),
    queryFn: ({ signal }) => getApi().call('indices.list', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
  })
}

/** Rows in each partition of an IVF index; `isWanted` false asks nothing. */
export function usePartitions(tab: DatasetTab, name: string, isWanted = true): UseQueryResult<IndexPartitions> {
  return useQuery({
    queryKey: [...versionKey('indices.partitions', tab), name],
    queryFn: ({ signal }) =>
      getApi().call('indices.partitions', { dataset: tab.dataset, ref: refOf(tab), name }, { signal }),
    enabled: isWanted,
    structuralSharing: false,
  })
}

/** Index types for a column; not asked for an empty name. */
export function useProposals(tab: DatasetTab, column: string): UseQueryResult<IndexProposals> {
  return useQuery({
    queryKey: [...versionKey('indices.propose', tab), column],
    queryFn: ({ signal }) =>
      getApi().call('indices.propose', { dataset: tab.dataset, ref: refOf(tab), column }, { signal }),
    enabled: column !== '',
  })
}

/** What LanceDB's compaction would rewrite in the newest version of main. */
export function useCompaction({ dataset, latestVersion }: DatasetTab): UseQueryResult<CompactionPreview> {
  return useQuery({
    queryKey: ['indices.compaction', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('storage.compactionPreview', { dataset }, { signal }),
  })
}
