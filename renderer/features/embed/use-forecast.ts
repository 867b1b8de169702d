import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { EmbedForecast } from '#shared/contract/embed.ts'
import { type DatasetTab, getApi, versionKey } from '#renderer/features/workspace/index.ts'
import type { Wanted } from './run.ts'

const PAUSE_MS = 250

/** What embedding would do now, asked for once typing pauses. */
export function useForecast(tab: DatasetTab, wanted: Wanted, isWanted: boolean): UseQueryResult<EmbedForecast> {
  const text = JSON.stringify(wanted)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const asked = JSON.parse(settled) as Wanted
  return useQuery({
    queryKey: [...versionKey('embed.forecast', tab), settled],
    queryFn: ({ signal }) => getApi().call('embed.forecast', { dataset: tab.dataset, ...asked }, { signal }),
    enabled: isWanted && settled === text && wanted.source !== '' && wanted.target !== '' && wanted.embedder !== '',
    // Rows may have been added by others.
    staleTime: 0,
    gcTime: 0,
  })
}
