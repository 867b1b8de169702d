import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { type DatasetTab, getApi } from '#renderer/features/workspace/index.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import type { VersionStorage } from '#shared/model/storage.ts'

type Place = Pick<DatasetTab, 'dataset' | 'branch'>

/** Everything one version says of itself. */
export function useVersionDetails({ dataset, branch }: Place, version: number): UseQueryResult<VersionDetails> {
  return useQuery({
    queryKey: ['version-details', dataset, branch ?? '', String(version)],
    queryFn: ({ signal }) =>
      getApi().call('versions.get', { dataset, version, ...(branch === undefined ? {} : { branch }) }, { signal }),
    structuralSharing: false,
  })
}

/**
 * What each version alone keeps on disk, read for the whole dataset at once; only when asked, since it takes every
 * manifest and a listing of every file. A new commit makes the answer old.
 */
export function useVersionStorage(
  { dataset, latestVersion }: Pick<DatasetTab, 'dataset' | 'latestVersion'>,
  isWanted: boolean,
): UseQueryResult<readonly VersionStorage[]> {
  return useQuery({
    queryKey: ['storage-versions', dataset, String(latestVersion)],
    queryFn: ({ signal }) => getApi().call('storage.versions', { dataset }, { signal }),
    enabled: isWanted,
    structuralSharing: false,
  })
}
