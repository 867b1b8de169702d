import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Output } from '#shared/contract/index.ts'
import type { UndoItem } from '#shared/model/ledger.ts'
import { type DatasetTab, getApi } from '#renderer/features/workspace/index.ts'

type Place = Pick<DatasetTab, 'dataset' | 'latestVersion'>

/** Tags, branches and other processes write without a version this tab would hear of. */
const REFRESH_MS = 4000

/** What this app wrote to a tab's dataset. */
export function useLedger({ dataset, latestVersion }: Place): UseQueryResult<Output<'ledger.list'>> {
  return useQuery({
    queryKey: ['ledger', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('ledger.list', { dataset }, { signal }),
    staleTime: 0,
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  })
}

/** What of it can be undone or done again now. */
export function useUndoable({ dataset, latestVersion }: Place): UseQueryResult<readonly UndoItem[]> {
  return useQuery({
    queryKey: ['undo.list', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('undo.list', { dataset }, { signal }),
    staleTime: 0,
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  })
}
