import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Forecast, Leftover, PlanState } from '#shared/model/maintenance.ts'
import { invalidateHistory, reloadVersionLog } from '#renderer/features/history/index.ts'
import { type DatasetTab, getApi, queryClient } from '#renderer/features/workspace/index.ts'
import type { AskedOperation } from './operations.ts'

type Place = Pick<DatasetTab, 'dataset' | 'latestVersion'>

/** What an operation would do to main as it is now; undefined asks nothing. */
export function useForecast(
  { dataset, latestVersion }: Place,
  operation: AskedOperation | undefined,
): UseQueryResult<Forecast> {
  return useQuery({
    queryKey: ['maintenance.forecast', dataset, String(latestVersion), JSON.stringify(operation)],
    queryFn: ({ signal }) => {
      if (operation === undefined) throw new Error('Not enabled without an operation.')
      return getApi().call('maintenance.forecast', { dataset, operation }, { signal })
    },
    enabled: operation !== undefined,
    // Tags, branches and other programs change what would happen without a version this tab hears of.
    staleTime: 5000,
    retry: false,
  })
}

/** Files no version uses. */
export function useLeftovers({ dataset, latestVersion }: Place): UseQueryResult<readonly Leftover[]> {
  return useQuery({
    queryKey: ['maintenance.leftovers', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('maintenance.leftovers', { dataset }, { signal }),
    staleTime: 0,
  })
}

/** The plan of a dataset, held against it as it is. */
export function usePlan({ dataset, latestVersion }: Place): UseQueryResult<PlanState> {
  return useQuery({
    queryKey: ['maintenance.plan', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('maintenance.plan.get', { dataset }, { signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
}

/** Takes in a plan the engine has just answered with. */
export function rememberPlan({ dataset, latestVersion }: Place, state: PlanState): void {
  queryClient.setQueryData(['maintenance.plan', dataset, String(latestVersion)], state)
}

/** After something was done: every figure of this view, the versions and the storage are read again. */
export async function readAgain(dataset: string): Promise<void> {
  reloadVersionLog(dataset, undefined)
  await Promise.all([
    invalidateHistory(dataset).catch(() => undefined),
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [what, of] }) =>
        of === dataset && typeof what === 'string' && what.startsWith('maintenance'),
    }),
  ])
}
