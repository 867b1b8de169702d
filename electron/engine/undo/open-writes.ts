import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { isOpenWrite, isVersionWrite, type VersionWrite } from './chain.ts'
import { canBeOwn } from './own-commits.ts'

/**
 * By version: the writes without a noted end that may have made it. That is every version since such a write began that no
 * other write of the ledger made and that is a commit of its kind; of versions cleaned up since, the kind is not known.
 */
export function findPerhaps(
  entries: readonly LedgerEntry[],
  versions: ReadonlyMap<number, VersionEntry>,
  newest: number,
): ReadonlyMap<number, readonly string[]> {
  const claimed = new Set(entries.filter(isVersionWrite).flatMap((entry) => ownWithin(entry, versions)))
  const perhaps = new Map<number, string[]>()
  for (const { id, operation, versionBefore } of entries.filter(isOpenWrite)) {
    for (let version = versionBefore + 1; version <= newest; version++) {
      if (claimed.has(version)) continue
      const commit = versions.get(version)?.operation
      if (commit === undefined || canBeOwn(operation, commit, true)) {
        const ids = perhaps.get(version)
        if (ids === undefined) perhaps.set(version, [id])
        else ids.push(id)
      }
    }
  }
  return perhaps
}

/** Versions a write made, as far as can be told from those others made while it ran. */
function ownWithin(entry: VersionWrite, versions: ReadonlyMap<number, VersionEntry>): readonly number[] {
  const foreign = new Set(foreignWithin(entry, versions))
  const own: number[] = []
  for (let version = entry.versionBefore + 1; version <= entry.versionAfter; version++) {
    if (!foreign.has(version)) own.push(version)
  }
  return own
}

/** Commits others made while a write ran. */
export function foreignWithin(
  { operation, versionBefore, versionAfter }: VersionWrite,
  versions: ReadonlyMap<number, VersionEntry>,
): readonly number[] {
  if (versionAfter === versionBefore + 1) return []
  const between: number[] = []
  for (let version = versionBefore + 1; version <= versionAfter; version++) {
    const commit = versions.get(version)?.operation
    if (commit !== undefined && !canBeOwn(operation, commit, version === versionAfter)) between.push(version)
  }
  return between
}
