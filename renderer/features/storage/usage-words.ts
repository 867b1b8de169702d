import { formatRelativeTime } from '#shared/model/time.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import type { VersionRange } from '#shared/model/metadata.ts'

/** `v3`, `v3–v7`, `exp v8`. */
export function formatVersionRange({ branch, from, to }: VersionRange): string {
  const versions = from === to ? `v${from}` : `v${from}–v${to}`
  return branch === undefined ? versions : `${branch} ${versions}`
}

/** `First used by version 3 (append), last changed 2 days ago.`; a file no version uses has no known writer. */
export function writerSentence({ writtenBy, modifiedAt }: StorageFile, nowMs: number): string {
  const when = formatRelativeTime(modifiedAt, nowMs)
  if (writtenBy === undefined) return `No version that still exists wrote it; last changed ${when}.`
  const { branch, version, operation } = writtenBy
  const of = branch === undefined ? '' : ` of branch ${branch}`
  return `First used by version ${version}${of} (${operation}), last changed ${when}.`
}

/** True when any version, tag or branch still needs the file. */
export function isUsed({ usedBy }: StorageFile): boolean {
  return usedBy.versions.length + usedBy.tags.length + usedBy.branches.length > 0
}

/** Version a manifest or transaction belongs to, whose file names do not say it to people; empty for other files. */
export function versionNote({ kind, writtenBy }: StorageFile): string {
  const isOfOne = kind === 'manifest' || kind === 'transaction'
  return isOfOne && writtenBy !== undefined ? `v${writtenBy.version}` : ''
}
