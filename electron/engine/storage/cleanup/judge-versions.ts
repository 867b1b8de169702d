import type { CleanupPreview } from '#shared/model/storage.ts'
import { forkVersion } from '../references/lineage.ts'
import type { Line, References } from '../references/model.ts'

export interface CleanupRules {
  /** Versions committed before this go. */
  readonly cutOffNs: bigint
  /** Also remove files no version names that are younger than seven days. */
  readonly deleteUnverified: boolean
  readonly nowMs: number
}

/** What cleanup does with each version of a line before it looks at a file. */
export interface Judgement {
  /** By index into the line's versions: whether the files of the version stay. */
  readonly isKept: readonly boolean[]
  /** By index: whether the manifest stays. More stay than are kept: also those branches were made from. */
  readonly hasManifest: readonly boolean[]
  /** Lines whose references into this one's folder protect files. */
  readonly protectors: readonly Line[]
  /** Commit time of the oldest kept version, nanoseconds; only files not changed since are looked at. */
  readonly earliestNs: bigint
  readonly blockedBy: NonNullable<CleanupPreview['blockedBy']>
  readonly keptBy: CleanupPreview['keptBy']
}

/**
 * Sorts the versions of a line as Lance does (lance `cleanup.rs`): the newest stays, what is younger than the cut-off
 * stays, tagged versions stay and, when older, make it refuse. Versions branches were made from keep their manifest, and
 * what those branches still use is protected, if the branch is made from a version that would go.
 */
export function judgeVersions(references: References, line: Line, cutOffNs: bigint): Judgement {
  const { versions } = line
  const newest = versions.at(-1)?.version ?? 0
  const tags = references.tags.filter(({ branch }) => branch === line.branch)
  const tagged = new Set(tags.map(({ version }) => version))
  const isOld = versions.map(({ timeNs, version }) => timeNs < cutOffNs && version < newest)
  const isKept = versions.map(({ version }, index) => isOld[index] !== true || tagged.has(version))

  const old = new Set(versions.filter((_, index) => isOld[index]).map(({ version }) => version))
  const blockedBy = tags
    .filter(({ version }) => old.has(version))
    .map(({ name, version }) => ({ kind: 'tag' as const, name, version }))
  const protectors: Line[] = []
  const forks = new Set<number>()
  const keptBy: CleanupPreview['keptBy'][number][] = [...blockedBy]
  for (const branch of references.lines) {
    const fork = forkVersion(branch, line)
    const isPruned = fork !== undefined && versions.some(({ version, timeNs }) => version === fork && timeNs < cutOffNs)
    // Lance compares base paths as texts: one that leads here by way of a link does not protect anything.
    const isSeen = isPruned && branch.usedFolders.has(line.folder) && branch.aliases.length === 0
    if (!isSeen || branch.branch === undefined) continue
    protectors.push(branch)
    forks.add(fork)
    if (old.has(fork)) keptBy.push({ kind: 'branch', name: branch.branch, version: fork })
  }
  const kept = versions.filter((_, index) => isKept[index]).map(({ timeNs }) => timeNs)
  return {
    isKept,
    hasManifest: versions.map(({ version }, index) => isKept[index] === true || forks.has(version)),
    protectors,
    earliestNs: kept.reduce((least, timeNs) => (timeNs < least ? timeNs : least), kept[0] ?? 0n),
    blockedBy,
    keptBy,
  }
}
