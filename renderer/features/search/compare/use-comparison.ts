import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { getApi } from '#renderer/features/workspace/index.ts'
import type { AskedComparison, AskedWay } from './bench.ts'
import { resolveQuery } from '../query/embedding.ts'
import { type Outcome, timingOf } from './ranking.ts'
import { inState } from './states.ts'

/** Times a quick search is run again, and how long that may take in all. */
const REPEATS = 3
const REPEAT_MS = 600

export interface Compared {
  readonly dataset: string
  /** State on screen, which every way searches that names no other. */
  readonly at: Ref
  readonly schema: readonly SchemaField[]
  /** Columns taken with the rows, where the state searched has them. */
  readonly columns: readonly string[]
}

/**
 * Runs every way, one after the other so that none slows another down; one that fails leaves the others. Quick ones are
 * run again, so that the times compare: the first of them pays for caches.
 * Leaving or asking again cancels what is under way. Not enabled, it only holds an answer that is there.
 */
export function useComparison(
  compared: Compared,
  asked: AskedComparison | null,
  enabled = true,
): UseQueryResult<readonly Outcome[]> {
  const { dataset, at, columns } = compared
  return useQuery({
    queryKey: ['search.compare', dataset, formatRef(at), JSON.stringify(asked), columns.join('\n')],
    enabled: enabled && asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const outcomes: Outcome[] = []
      for (const way of asked?.ways ?? []) {
        try {
          outcomes.push(await runWay(compared, way, signal))
        } catch (error) {
          if (isCancelled(error)) throw error
          outcomes.push({ kind: 'failed', error: toErrorValue(error) })
        }
      }
      return outcomes
    },
  })
}

async function runWay(compared: Compared, { configuration, query }: AskedWay, signal: AbortSignal): Promise<Outcome> {
  const { dataset, at, schema } = compared
  const ref = configuration.at ?? at
  const known =
    configuration.at === null ? schema : (await getApi().call('datasets.summary', { dataset, ref }, { signal })).schema
  const fields = known.filter(({ name }) => compared.columns.includes(name))
  const columns = fields.map(({ name }) => name)
  // Once, so that the times compare searches and not the embedder.
  const asked = await resolveQuery(inState(query, at, configuration.at), signal)
  const input = { dataset, ref, ...asked.query, columns }
  const run = () => getApi().call('search.run', input, { signal })
  const result = await run()
  const times = [result.answeredBy.searchMs]
  const began = performance.now()
  while (times.length <= REPEATS && performance.now() - began + result.answeredBy.elapsedMs < REPEAT_MS)
    times.push((await run()).answeredBy.searchMs)
  return { kind: 'found', result, timing: timingOf(times), fields }
}
