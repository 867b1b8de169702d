import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Ref } from '#shared/model/ref.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { SearchPlan, SearchResult } from '#shared/model/search.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import { type Embedded, type EngineQuery, resolveQuery, type SearchQuery } from '../query/embedding.ts'

export interface AskedSearch {
  readonly dataset: string
  readonly at: Ref
  readonly query: SearchQuery
  /** Grows with every press of Search: the same search asked again is run again. */
  readonly turn: number
  /** Columns of the dataset the result holds; absent = all. */
  readonly columns?: readonly string[] | undefined
}

const keyOf = (what: string, { dataset, at, query, turn }: AskedSearch, more = '') =>
  [what, dataset, formatRef(at), JSON.stringify(query), String(turn), more] as const

/** A result with the search as the engine was asked it. */
export interface FoundRows extends SearchResult {
  readonly asked: EngineQuery
  /** Absent when no text was made a vector. */
  readonly embedded?: Embedded
}

/** True when only the columns differ. */
function isSameSearch(key: readonly string[] | undefined, asked: AskedSearch): boolean {
  const known = keyOf('search.run', asked).slice(0, -1)
  return key !== undefined && known.every((part, place) => key[place] === part)
}

/**
 * Runs a search once; leaving or asking again cancels it. A text is made a vector first. Not enabled, it only holds an
 * answer that is there.
 */
export function useSearch(asked: AskedSearch, enabled = true): UseQueryResult<FoundRows> {
  const api = useApi()
  const { dataset, at, query, columns } = asked
  return useQuery({
    queryKey: keyOf('search.run', asked, columns === undefined ? '' : JSON.stringify(columns)),
    queryFn: async ({ signal }) => {
      const only = columns === undefined ? {} : { columns: [...columns] }
      const resolved = await resolveQuery(query, signal)
      const result = await api.call('search.run', { dataset, ref: at, ...resolved.query, ...only }, { signal })
      const { embedded } = resolved
      return { ...result, asked: resolved.query, ...(embedded === undefined ? {} : { embedded }) }
    },
    enabled,
    // Showing another column asks the same search again: its rows stay until they come with that column.
    placeholderData: (before, asking) => (isSameSearch(asking?.queryKey, asked) ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    // Results are pages of rows: a few are kept for the way back, no more.
    gcTime: 30_000,
  })
}

/** The plan of a search; with `analyze` it is run again and measured. Not enabled, it is told only if it is known. */
export function usePlan(asked: AskedSearch, analyze: boolean, enabled = true): UseQueryResult<SearchPlan> {
  const api = useApi()
  const { dataset, at, query } = asked
  return useQuery({
    queryKey: keyOf('search.explain', asked, analyze ? 'analyze' : ''),
    queryFn: async ({ signal }) => {
      const resolved = await resolveQuery(query, signal)
      return api.call('search.explain', { dataset, ref: at, ...resolved.query, analyze }, { signal })
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
