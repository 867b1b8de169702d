import { useInfiniteQuery } from '@tanstack/react-query'
import { useApi } from '#renderer/features/workspace/index.ts'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'

export interface LoadedBytes {
  readonly bytes: Uint8Array
  readonly isComplete: boolean
  readonly isLoading: boolean
  readonly error: ErrorValue | null
  loadMore(): void
  retry(): void
}

/** The beginning of a cell's bytes, more on demand. `stepBytes` is the length of each further part. */
export function useBytes(cell: string, size: number, firstBytes: number, stepBytes: number): LoadedBytes {
  const api = useApi()
  const query = useInfiniteQuery({
    queryKey: ['cell-bytes', cell, String(firstBytes)],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const length = Math.min(pageParam === 0 ? firstBytes : stepBytes, size - pageParam)
      return (await api.call('cells.read', { cell, start: pageParam, length }, { signal })).bytes
    },
    getNextPageParam: (last, all) => {
      const loaded = all.reduce((sum, part) => sum + part.length, 0)
      return last.length === 0 || loaded >= size ? undefined : loaded
    },
    gcTime: 30_000,
    structuralSharing: false,
  })
  return {
    bytes: join(query.data?.pages ?? []),
    isComplete: query.data !== undefined && !query.hasNextPage,
    isLoading: query.isFetching,
    error: query.error === null ? null : toErrorValue(query.error),
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
