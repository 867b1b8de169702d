import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import { resolveQuery } from '../query/embedding.ts'
import type { AskedComparison } from './bench.ts'
import { type Outcome, timingOf } from './ranking.ts'

/** Times a quick search is run again, and how long that may take in all. */
const REPEATS = 3
const REPEAT_MS = 600

/**
 * Runs every way, one after the other so that none slows another down; one that fails leaves the others. Quick ones are
 * run again, so that the times compare: the first of them pays for caches.
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
          // Once, so that the times compare searches and not the embedder.
          const resolved = (await resolveQuery(query, signal)).query
          const run = () => api.call('search.run', { dataset, ref: at, ...resolved, columns: [...columns] }, { signal })
          const result = await run()
          const times = [result.answeredBy.searchMs]
          const began = performance.now()
          while (times.length <= REPEATS && performance.now() - began + result.answeredBy.elapsedMs < REPEAT_MS)
            times.push((await run()).answeredBy.searchMs)
          outcomes.push({ kind: 'found', result, timing: timingOf(times) })
        } catch (error) {
          if (isCancelled(error)) throw error
          outcomes.push({ kind: 'failed', error: toErrorValue(error) })
        }
      }
      return outcomes
    },
  })
}
