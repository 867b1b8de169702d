import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { AskedComparison } from './bench.ts'
import type { Outcome } from './ranking.ts'

/**
 * Runs every way once, one after the other so that none slows another down; one that fails leaves the others.
 * Leaving or asking again cancels what is under way.
 */
export function useComparison(
  dataset: string,
  at: Ref,
  asked: AskedComparison | null,
  columns: readonly string[],
): UseQueryResult<readonly Outcome[]> {
  const api = useApi()
  return useQuery({
    queryKey: ['search.compare', dataset, formatRef(at), JSON.stringify(asked), columns.join('\n')],
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const outcomes: Outcome[] = []
      for (const { query } of asked?.ways ?? []) {
        try {
          const result = await api.call('search.run', { dataset, ref: at, ...query, columns: [...columns] }, { signal })
          outcomes.push({ kind: 'found', result })
        } catch (error) {
          if (isCancelled(error)) throw error
          outcomes.push({ kind: 'failed', error: toErrorValue(error) })
        }
      }
      return outcomes
    },
  })
}
