import { useIsFetching, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type {
  CleanupPreview,
  CompactionPreview,
  FilePreview,
  Finding,
  StorageUsage,
  VersionStorage,
} from '#shared/model/storage.ts'
import { type DatasetTab, getApi, queryClient } from '#renderer/features/workspace/index.ts'
import type { ByteRange } from './anatomy/hex-range.ts'
import { invalidateFiles } from './file-log.ts'

/** What every question about a directory depends on: it is asked again when a newer version appears. */
export type StorageTab = Pick<DatasetTab, 'dataset' | 'branch' | 'latestVersion'>

const PREFIX = 'storage.'
/** Place of the branch in a key. */
const BRANCH = 2

function keyOf(what: string, tab: StorageTab, branch: string | undefined, ...more: readonly string[]) {
  return [`${PREFIX}${what}`, tab.dataset, branch ?? '', String(tab.latestVersion), ...more] as const
}

/** While a new answer is on its way, the one before it stays in sight, unless it was about another branch. */
function previousOf(branch: string | undefined) {
  return <Answer>(
    previous: Answer | undefined,
    query: { readonly queryKey: readonly string[] } | undefined,
  ): Answer | undefined => (query?.queryKey[BRANCH] === (branch ?? '') ? previous : undefined)
}

/** The newest version of the tab's branch. */
function newest({ dataset, branch }: StorageTab) {
  return branch === undefined ? { dataset } : { dataset, ref: { branch } }
}

function walkKey(dataset: string) {
  return ['storage-walk', dataset] as const
}

/** True while {@link refreshStorage} walks the directory. */
export function useIsWalking(dataset: string): boolean {
  return useIsFetching({ queryKey: walkKey(dataset) }) > 0
}

/** Reads a dataset's directory again: files come and go without a new version. */
export async function refreshStorage(dataset: string): Promise<void> {
  const walk = (): Promise<StorageUsage> => getApi().call('storage.usage', { dataset, fresh: true })
  // The questions below are answered from this walk, and tell for themselves when it failed.
  await queryClient.fetchQuery({ queryKey: walkKey(dataset), queryFn: walk, gcTime: 0 }).catch(() => undefined)
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [what, of] }) => of === dataset && typeof what === 'string' && what.startsWith(PREFIX),
  })
}

// Whoever changes what refs keep invalidates these queries; the files, which are streamed, follow.
queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'invalidate') return
  const [what, dataset] = event.query.queryKey as readonly unknown[]
  if (what === `${PREFIX}usage` && typeof dataset === 'string') invalidateFiles(dataset, event.query.isActive())
})

export function useUsage(tab: StorageTab): UseQueryResult<StorageUsage> {
  return useQuery({
    queryKey: keyOf('usage', tab, undefined),
    queryFn: ({ signal }) => getApi().call('storage.usage', { dataset: tab.dataset }, { signal }),
    placeholderData: previousOf(undefined),
  })
}

export function useVersionStorage(tab: StorageTab): UseQueryResult<readonly VersionStorage[]> {
  return useQuery({
    queryKey: keyOf('versions', tab, undefined),
    queryFn: ({ signal }) => getApi().call('storage.versions', { dataset: tab.dataset }, { signal }),
    placeholderData: previousOf(undefined),
    structuralSharing: false,
  })
}

export interface CleanupWish {
  /** RFC 3339 with an offset; null asks nothing. */
  readonly olderThan: string | null
  readonly branch: string | undefined
  readonly deleteUnverified: boolean
}

export function useCleanupPreview(tab: StorageTab, wish: CleanupWish): UseQueryResult<CleanupPreview> {
  const { olderThan, branch, deleteUnverified } = wish
  return useQuery({
    queryKey: keyOf('cleanup', tab, branch, olderThan ?? '', String(deleteUnverified)),
    queryFn: ({ signal }) =>
      getApi().call(
        'storage.cleanupPreview',
        {
          dataset: tab.dataset,
          olderThan: olderThan ?? '',
          ...(branch === undefined ? {} : { branch }),
          ...(deleteUnverified ? { deleteUnverified } : {}),
        },
        { signal },
      ),
    enabled: olderThan !== null,
    placeholderData: previousOf(branch),
    // A dragged slider asks for many cut-offs; few are looked at twice.
    gcTime: 60_000,
  })
}

export function useCompactionPreview(tab: StorageTab): UseQueryResult<CompactionPreview> {
  return useQuery({
    queryKey: keyOf('compaction', tab, tab.branch),
    queryFn: ({ signal }) => getApi().call('storage.compactionPreview', newest(tab), { signal }),
    placeholderData: previousOf(tab.branch),
  })
}

export function useFindings(tab: StorageTab): UseQueryResult<readonly Finding[]> {
  return useQuery({
    queryKey: keyOf('findings', tab, tab.branch),
    queryFn: ({ signal }) => getApi().call('storage.findings', newest(tab), { signal }),
    placeholderData: previousOf(tab.branch),
  })
}

export function useFilePreview(tab: StorageTab, path: string): UseQueryResult<FilePreview> {
  return useQuery({
    queryKey: keyOf('file', tab, undefined, path),
    queryFn: ({ signal }) => getApi().call('storage.file', { dataset: tab.dataset, path }, { signal }),
    gcTime: 60_000,
    structuralSharing: false,
  })
}

/** A range of a file's bytes; the page before stays until the next has come. */
export function useFileBytes(
  tab: StorageTab,
  path: string,
  { start, length }: ByteRange,
): UseQueryResult<{ readonly start: number; readonly bytes: Uint8Array }> {
  return useQuery({
    queryKey: keyOf('bytes', tab, undefined, path, String(start), String(length)),
    queryFn: async ({ signal }) => {
      const { bytes } = await getApi().call('storage.read', { dataset: tab.dataset, path, start, length }, { signal })
      return { start, bytes }
    },
    placeholderData: previousOf(undefined),
    gcTime: 30_000,
    structuralSharing: false,
  })
}
