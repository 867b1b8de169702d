import { QueryClient, queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { Ref } from '#shared/model/ref.ts'
import { getApi } from './host.ts'
import { onRecovered } from './store.ts'
import type { DatasetTab } from './types.ts'

/** Cache of immutable metadata: a version of a dataset never changes, so nothing here grows old. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
  },
})

// Metadata reads never touch the native module, so asking again cannot be what brought the engine down.
onRecovered(() => {
  void queryClient.refetchQueries({ predicate: (query) => query.state.status === 'error' })
})

/** The state a tab shows, as every read names it. */
export function refOf(tab: Pick<DatasetTab, 'branch' | 'version'>): Ref {
  return tab.branch === undefined ? { version: tab.version } : { branch: tab.branch, version: tab.version }
}

/** Key of something that belongs to one version. Strings only. */
export function versionKey(what: string, tab: Pick<DatasetTab, 'dataset' | 'branch' | 'version'>): readonly string[] {
  return [what, tab.dataset, tab.branch ?? '', String(tab.version)]
}

/** Summary of the version a tab shows. */
export function useSummary(tab: DatasetTab): UseQueryResult<DatasetSummary> {
  return useQuery(summaryQuery(tab))
}

/** The same as far as it is known: one that could not be read is not asked for again, as every new reader would. */
export function useKnownSummary(tab: DatasetTab): DatasetSummary | undefined {
  return useQuery({ ...summaryQuery(tab), enabled: false }).data
}

function summaryQuery(tab: DatasetTab) {
  return queryOptions({
    queryKey: versionKey('summary', tab),
    queryFn: ({ signal }) => getApi().call('datasets.summary', { dataset: tab.dataset, ref: refOf(tab) }, { signal }),
    structuralSharing: false,
  })
}
