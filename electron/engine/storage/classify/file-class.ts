import type { StorageClass, StorageFile, StorageFileKind } from '#shared/model/storage.ts'
import type { StoredFile } from '../gather/snapshot.ts'
import type { References, Uses } from '../references/model.ts'
import { createLookups, type Lookups, type TaggedVersion } from './lookups.ts'

/** Why a file is there. */
export type FileClass = Pick<StorageFile, 'class' | 'keeper'>

const LIVE: Partial<Record<StorageFileKind, FileClass>> = {
  data: { class: 'live-data' },
  blob: { class: 'blob-sidecars' },
  deletion: { class: 'live-deletions' },
  index: { class: 'live-indices' },
  manifest: { class: 'live-metadata' },
  transaction: { class: 'live-metadata' },
  'version-hint': { class: 'live-metadata' },
  'computed-signature': { class: 'live-metadata' },
}

/** Classes of files that versions do not name. */
const UNNAMED: Partial<Record<StorageFileKind, FileClass>> = {
  wal: { class: 'wal' },
  tag: { class: 'live-metadata' },
  branch: { class: 'live-metadata' },
  reserved: { class: 'live-metadata' },
  unknown: { class: 'unknown' },
}

const ABANDONED: FileClass = { class: 'abandoned' }
const OLD: FileClass = { class: 'old-versions' }
const OLD_INDEX: FileClass = { class: 'superseded-index' }

/** Says of each file why it is there; the first class that fits. */
export function createClassifier(
  references: References,
  lookups: Lookups = createLookups(references),
): (file: StoredFile) => FileClass {
  const { lines } = references
  const branchClasses = new Map<string, FileClass>()
  const branchClass = (keeper: string): FileClass => {
    const known = branchClasses.get(keeper) ?? { class: 'branch' as StorageClass, keeper }
    branchClasses.set(keeper, known)
    return known
  }
  const branchByFolder = new Map(lines.map(({ folder, branch }) => [folder, branch]))

  /** The branch that needs a file: the one in whose folder it lies, else the first. */
  const keeperOf = (file: StoredFile, uses: Uses): string | undefined => {
    let first: string | undefined
    for (let at = 0; at < uses.length; at += 3) {
      const branch = lines[uses[at] ?? 0]?.branch
      if (branch !== undefined && branchByFolder.get(file.placed.folder) === branch) return branch
      first ??= branch
    }
    return first ?? lookups.forks.get(file.path)?.[0]
  }

  return (file) => {
    const { kind } = file.placed
    const unnamed = UNNAMED[kind]
    if (unnamed !== undefined) return unnamed
    const damaged = kind === 'manifest' ? lookups.damaged.get(file.path) : undefined
    if (damaged !== undefined) {
      if (damaged.branch !== undefined) return branchClass(damaged.branch)
      return damaged.isNewest ? { class: 'live-metadata' } : OLD
    }
    const uses = lookups.usesOf(file)
    if (uses.length === 0) return ABANDONED
    const live = isLive(uses, lookups.newest) ? LIVE[kind] : undefined
    if (live !== undefined) return live
    const keeper = keeperOf(file, uses)
    if (keeper !== undefined) return branchClass(keeper)
    const tag = findTag(uses, lookups.tagged)
    if (tag !== undefined) return { class: 'tag', keeper: tag }
    return kind === 'index' ? OLD_INDEX : OLD
  }
}

/** Main is line 0. */
function isLive(uses: Uses, newest: number): boolean {
  for (let at = 0; at < uses.length; at += 3) if (uses[at] === 0 && uses[at + 2] === newest) return true
  return false
}

function findTag(uses: Uses, tagged: readonly (readonly TaggedVersion[])[]): string | undefined {
  for (let at = 0; at < uses.length; at += 3) {
    const [from = 0, to = -1] = [uses[at + 1], uses[at + 2]]
    const found = tagged[uses[at] ?? 0]?.find(({ index }) => index >= from && index <= to)
    if (found !== undefined) return found.name
  }
  return undefined
}
