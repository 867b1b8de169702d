import { keepPreviousData, skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { ImportLogLine, ImportRecord } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { getApi } from '#renderer/features/workspace/index.ts'

const POLL_MS = 1000

/** What an import would do. While the next answer is on its way the last one stays, marked as placeholder. */
export function usePreview(spec: ImportSpec | undefined, file?: string): UseQueryResult<ImportPreview> {
  return useQuery({
    queryKey: ['import.preview', spec === undefined ? '' : JSON.stringify(spec), file ?? ''],
    queryFn:
      spec === undefined
        ? skipToken
        : ({ signal }) =>
            getApi().call('import.preview', { spec, ...(file === undefined ? {} : { file }) }, { signal }),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // Files on disk change: what was seen a while ago is looked at again.
    staleTime: 30_000,
    gcTime: 60_000,
  })
}

/** Imports of this machine, newest first; asked again every second while one of them runs. */
export function useRecords(): UseQueryResult<readonly ImportRecord[]> {
  return useQuery({
    queryKey: ['import.list'],
    queryFn: ({ signal }) => getApi().call('import.list', {}, { signal }),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.some(({ state }) => state === 'running') === true ? POLL_MS : false),
  })
}

/** The journal as it grows, while a run is watched. */
export function useLiveRecords(isLive: boolean): UseQueryResult<readonly ImportRecord[]> {
  return useQuery({
    queryKey: ['import.list'],
    queryFn: ({ signal }) => getApi().call('import.list', {}, { signal }),
    staleTime: 0,
    refetchInterval: isLive ? POLL_MS : false,
  })
}

export function useLog(importId: string | undefined, isLive: boolean): UseQueryResult<readonly ImportLogLine[]> {
  return useQuery({
    queryKey: ['import.log', importId ?? ''],
    queryFn:
      importId === undefined
        ? skipToken
        : ({ signal }) => getApi().call('import.log', { import: importId }, { signal }),
    staleTime: 0,
    refetchInterval: isLive ? 1.5 * POLL_MS : false,
  })
}

export function useEmbedders(): UseQueryResult<readonly EmbedderInfo[]> {
  return useQuery({
    queryKey: ['embedders.list'],
    queryFn: ({ signal }) => getApi().call('embedders.list', {}, { signal }),
    staleTime: 0,
  })
}

/** A value once it has stood still for a moment. */
export function useSettled<T>(value: T, afterMs = 250): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}
