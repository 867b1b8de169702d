import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { type DatasetTab, getApi, queryClient } from '#renderer/features/workspace/index.ts'
import type { BranchEntry, TagEntry } from '#shared/model/version.ts'
import { tagVersionLogs } from './version-log.ts'

/** Every tag and branch of a dataset. */
export interface Refs {
  readonly tags: readonly TagEntry[]
  readonly branches: readonly BranchEntry[]
}

/** Tags and branches change without a new version, also by other processes. */
const STALE_MS = 10_000

/** Tags and branches of a tab's dataset; the version logs get the tags as they are read. */
export function useRefs(tab: Pick<DatasetTab, 'dataset' | 'latestVersion'>): UseQueryResult<Refs> {
  const { dataset } = tab
  return useQuery({
    queryKey: ['refs', dataset, String(tab.latestVersion)],
    queryFn: ({ signal }) => fetchRefs(dataset, signal),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  })
}

/** What is known of tags and branches now, for commands; undefined before they were read. */
export function readRefs(dataset: string): Refs | undefined {
  const found = queryClient.getQueryCache().findAll({ queryKey: ['refs', dataset] })
  const newest = found.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0]
  return newest?.state.data as Refs | undefined
}

/** After a write: tags, branches and what follows from them are read again by whoever shows them. */
export async function invalidateHistory(dataset: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey, dataset) }),
    // The logs show tags even where nobody shows the refs.
    fetchRefs(dataset).catch(() => undefined),
  ])
}

/** Refs themselves and everything storage says, which depends on what refs keep. Other metadata belongs to a version and stays true. */
function isAbout([what, of]: readonly unknown[], dataset: string): boolean {
  return of === dataset && typeof what === 'string' && /^(refs|storage)/.test(what)
}

async function fetchRefs(dataset: string, signal?: AbortSignal): Promise<Refs> {
  const refs = await getApi().call('versions.refs', { dataset }, signal === undefined ? {} : { signal })
  tagVersionLogs(dataset, refs.tags)
  return refs
}
