import type { StoredFile } from '../gather/snapshot.ts'
import { forkVersion } from '../references/lineage.ts'
import type { Line, References, Uses } from '../references/model.ts'

/** What questions about single files need to have at hand. */
export interface Lookups {
  /** Who uses a file, as runs of versions; empty when nobody does. */
  usesOf(file: StoredFile): Uses
  /** Branches made from the version whose manifest lies at a path; cleanup keeps it for them. */
  readonly forks: ReadonlyMap<string, readonly string[]>
  /** Tagged versions that still exist, in order of version, by line. */
  readonly tagged: readonly (readonly TaggedVersion[])[]
  /** Manifests that cannot be read, by path. */
  readonly damaged: ReadonlyMap<string, DamagedManifest>
  /** Index of the newest version of main; -1 when none can be read. */
  readonly newest: number
}

export interface TaggedVersion {
  /** Into the line's versions. */
  readonly index: number
  readonly name: string
}

export interface DamagedManifest {
  readonly branch: string | undefined
  /** Newer than every version of its line that can be read. */
  readonly isNewest: boolean
}

const NOBODY: Uses = []

export function createLookups(references: References): Lookups {
  const { lines, uses } = references
  const manifests = mapManifests(references)
  const lineByFolder = new Map(lines.map(({ folder }, index) => [folder, index]))
  const hintUses = ({ placed }: StoredFile): Uses => {
    const line = lineByFolder.get(placed.folder)
    const last = line === undefined ? -1 : (lines[line]?.versions.length ?? 0) - 1
    return line === undefined || last < 0 ? NOBODY : [line, last, last]
  }
  return {
    usesOf(file) {
      if (file.placed.kind === 'manifest') return manifests.get(file.path) ?? NOBODY
      if (file.placed.kind === 'version-hint') return hintUses(file)
      return file.file === undefined ? NOBODY : (uses[file.file] ?? NOBODY)
    },
    forks: mapForks(references),
    tagged: mapTags(references),
    damaged: mapDamaged(references),
    newest: (lines[0]?.versions.length ?? 0) - 1,
  }
}

function mapManifests({ lines }: References): ReadonlyMap<string, Uses> {
  const manifests = new Map<string, Uses>()
  lines.forEach(({ versions }, line) =>
    versions.forEach(({ path }, index) => manifests.set(path, [line, index, index])),
  )
  return manifests
}

function mapTags({ lines, tags }: References): readonly (readonly TaggedVersion[])[] {
  return lines.map(({ branch, versions }) => {
    const own = tags.filter((tag) => tag.branch === branch)
    const indices = own.length === 0 ? new Map() : new Map(versions.map(({ version }, index) => [version, index]))
    return own
      .flatMap(({ name, version }) => {
        const index = indices.get(version)
        return index === undefined ? [] : [{ index, name }]
      })
      .toSorted((a, b) => a.index - b.index)
  })
}

function mapForks(references: References): ReadonlyMap<string, readonly string[]> {
  const forks = new Map<string, string[]>()
  for (const line of references.lines) {
    const parent = line.branch === undefined ? undefined : findParent(references, line)
    const fork = parent === undefined ? undefined : forkVersion(line, parent)
    const path = parent?.versions.find(({ version }) => version === fork)?.path
    if (path === undefined || line.branch === undefined) continue
    forks.set(path, [...(forks.get(path) ?? []), line.branch])
  }
  return forks
}

/** The line a branch was made from: of those whose lineage begins its own, the one with the longest. */
function findParent({ lines }: References, line: Line): Line | undefined {
  const ancestors = lines.filter((it) => it !== line && forkVersion(line, it) !== undefined)
  return ancestors.toSorted((a, b) => b.lineage.length - a.lineage.length)[0]
}

function mapDamaged({ lines }: References): ReadonlyMap<string, DamagedManifest> {
  const damaged = new Map<string, DamagedManifest>()
  for (const { branch, versions, unreadable } of lines) {
    const newest = versions.at(-1)?.version ?? -1
    for (const { path, version } of unreadable) damaged.set(path, { branch, isNewest: version > newest })
  }
  return damaged
}
