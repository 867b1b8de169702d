import { useEffect, useState } from 'react'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { ResultSource } from '../results/result-source.ts'
import type { AskedSearch } from '../results/use-search.ts'

/** Rows asked for at once, those on screen first. */
const FIRST_ROWS = 60
const ROWS_AT_ONCE = 500
/** As the engine allows. */
const COLUMNS_MAX = 16

/** Marks the words of a text search in the cells found, by the index's own tokens; returns why it could not. */
export function useHits(
  { dataset, at, query }: AskedSearch,
  source: ResultSource | null,
): readonly [error: ErrorValue | null, retry: () => void] {
  const api = useApi()
  const [failure, setFailure] = useState<{
    readonly source: ResultSource
    readonly turn: number
    readonly error: ErrorValue
  } | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const { text } = query
    const columns = source?.result.textColumns?.slice(0, COLUMNS_MAX) ?? []
    if (source === null || text === undefined || columns.length === 0) return undefined
    const controller = new AbortController()
    const { signal } = controller
    const mark = async (): Promise<void> => {
      const rowIds = [...new Set(source.result.hits.map(({ rowId }) => rowId))]
      for (let from = 0; from < rowIds.length; from += from === 0 ? FIRST_ROWS : ROWS_AT_ONCE) {
        const wanted = rowIds.slice(from, from + (from === 0 ? FIRST_ROWS : ROWS_AT_ONCE))
        const input = { dataset, ref: at, text, columns: [...columns], rowIds: wanted }
        const { cells } = await api.call('search.highlight', input, { signal })
        if (signal.aborted) return
        source.mark(cells)
      }
    }
    mark().catch((error: unknown) => {
      if (!signal.aborted && !isCancelled(error)) setFailure({ source, turn, error: toErrorValue(error) })
    })
    return () => controller.abort()
  }, [api, dataset, at, query, source, turn])
  const isNow = failure !== null && failure.source === source && failure.turn === turn
  return [isNow ? failure.error : null, () => setTurn(turn + 1)]
}
