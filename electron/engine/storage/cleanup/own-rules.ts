import type { CleanupPreview } from '#shared/model/storage.ts'
import { forkVersion } from '../references/lineage.ts'
import type { Line, References } from '../references/model.ts'
import type { StoredFile } from '../gather/snapshot.ts'

/** Which versions of main stay besides the newest, tagged and branched ones. */
export type KeepRule =
  { readonly kind: 'since'; readonly cutOffNs: bigint } | { readonly kind: 'newest'; readonly count: number }

/** A version a branch was made from, as its file says. */
export interface Fork {
  readonly branch: string
  readonly version: number
}

/** What Tiltyard's own cleanup of main goes by. */
export interface OwnRules {
  readonly keep: KeepRule
  /** Also remove files no version names that are younger than seven days. */
  readonly deleteUnverified: boolean
  readonly nowMs: number
  /** From branch files: some say no more than this of where they come from. */
  readonly forks: readonly Fork[]
  /** Names of data and deletion files, index segments and transactions that something outside of all branches needs. */
  readonly needed: ReadonlySet<string>
  /** True for a file that a cleanup stopped half-way had found to be of removed versions only. */
  isIntended(file: StoredFile): boolean
}

export interface OwnJudgement {
  /** By index into the versions of main. */
  readonly isKept: readonly boolean[]
  /** Versions that would go but for a tag or branch. */
  readonly keptBy: CleanupPreview['keptBy']
  /** Commit time of the oldest version that stays by the rule alone. */
  readonly cutOffNs: bigint
}

/**
 * Sorts the versions of main: the newest stays, what the rule keeps stays, and so do, with all of their files, tagged
 * versions and those branches were made from. Unlike LanceDB, which refuses at an old tagged version.
 */
export function judgeOwn(references: References, main: Line, { keep, forks }: OwnRules): OwnJudgement {
  const { versions } = main
  const newest = versions.at(-1)?.version ?? 0
  const firstByCount = keep.kind === 'newest' ? Math.max(0, versions.length - keep.count) : 0
  const isByRule = versions.map(({ version, timeNs }, index) => {
    if (version === newest) return true
    return keep.kind === 'since' ? timeNs >= keep.cutOffNs : index >= firstByCount
  })
  const holders = findHolders(references, main, forks)
  const old = new Set(versions.filter((_, index) => isByRule[index] !== true).map(({ version }) => version))
  const held = new Set(holders.map(({ version }) => version))
  return {
    isKept: versions.map(({ version }, index) => isByRule[index] === true || held.has(version)),
    keptBy: holders.filter(({ version }) => old.has(version)),
    cutOffNs: keep.kind === 'since' ? keep.cutOffNs : (versions[firstByCount]?.timeNs ?? 0n),
  }
}

function findHolders(references: References, main: Line, forks: readonly Fork[]): CleanupPreview['keptBy'] {
  const tags = references.tags
    .filter(({ branch }) => branch === undefined || branch === 'main')
    .map(({ name, version }) => ({ kind: 'tag' as const, name, version }))
  const branches = references.lines.flatMap((line) => {
    if (line.branch === undefined) return []
    const { branch } = line
    const versions = new Set(forks.filter((fork) => fork.branch === branch).map(({ version }) => version))
    const byLineage = forkVersion(line, main)
    if (byLineage !== undefined) versions.add(byLineage)
    return [...versions].map((version) => ({ kind: 'branch' as const, name: branch, version }))
  })
  return [...tags, ...branches]
}
