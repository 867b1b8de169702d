import { useMemo, useState } from 'react'
import type { CleanupPreview, VersionStorage } from '#shared/model/storage.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { useCleanupPreview } from '../queries.ts'
import { firstCutoff, type SliderVersion, sliderVersions } from './cutoff.ts'
import { useDebounced } from './use-debounced.ts'

const REST_MS = 120

export interface CleanupControl {
  /** Branch cleaned up; undefined = main. Each has files of its own. */
  readonly branch: string | undefined
  readonly versions: readonly SliderVersion[]
  /** Milliseconds since 1970: older versions would go. */
  readonly cutoffMs: number
  readonly deleteUnverified: boolean
  readonly preview: CleanupPreview | undefined
  /** True while the figures shown are those of another cut-off. */
  readonly isStale: boolean
  readonly error: unknown
  setBranch(branch: string | undefined): void
  setCutoff(ms: number): void
  setDeleteUnverified(value: boolean): void
  retry(): void
}

/** A cut-off somebody tries out, and what cleaning up with it would do. */
export function useCleanup(tab: DatasetTab, all: readonly VersionStorage[], nowMs: number): CleanupControl {
  const [branch, setBranch] = useState(tab.branch)
  const [chosen, setChosen] = useState<number | null>(null)
  const [deleteUnverified, setDeleteUnverified] = useState(false)
  const versions = useMemo(() => sliderVersions(all, branch), [all, branch])
  const cutoffMs = chosen ?? firstCutoff(versions, nowMs)
  const settled = useDebounced(cutoffMs, REST_MS)
  const isAsked = versions.length > 0
  const query = useCleanupPreview(tab, {
    olderThan: isAsked ? new Date(settled).toISOString() : null,
    branch,
    deleteUnverified,
  })
  return {
    branch,
    versions,
    cutoffMs,
    deleteUnverified,
    preview: query.data,
    isStale: query.isPlaceholderData || settled !== cutoffMs,
    error: query.error,
    setBranch: (next) => {
      setBranch(next)
      setChosen(null)
    },
    setCutoff: setChosen,
    setDeleteUnverified,
    retry: () => void query.refetch(),
  }
}
