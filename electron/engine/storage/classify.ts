import type { StorageClass, StorageFile, StorageFileKind } from '#shared/model/storage.ts'
import type { VersionRange } from '#shared/model/metadata.ts'
import type { Snapshot, StoredFile } from './gather/snapshot.ts'
import { forkVersion } from './references/lineage.ts'
import { findLine, type Line, type References, type Uses } from './references/model.ts'

/** What a file is for. */
export type Classified = Pick<StorageFile, 'class' | 'keeper' | 'writtenBy' | 'usedBy'>

/** A run of versions by index: line, first and last. */
interface Run {
  readonly line: number
  readonly from: number
  readonly to: number
}

const LIVE_CLASS: Partial<Record<StorageFileKind, StorageClass>> = {
  data: 'live-data',
  blob: 'blob-sidecars',
  deletion: 'live-deletions',
  index: 'live-indices',
  manifest: 'live-metadata',
  transaction: 'live-metadata',
  'version-hint': 'live-metadata',
  'computed-signature': 'live-metadata',
}

/** Classes of files no version of any branch names, by kind. */
const UNNAMED_CLASS: Partial<Record<StorageFileKind, StorageClass>> = {
  wal: 'wal',
  tag: 'live-metadata',
  branch: 'live-metadata',
  reserved: 'live-metadata',
  unknown: 'unknown',
}

/** Says of each file of a snapshot why it is there. Every file gets exactly one class. */
export function createClassifier({ references }: Pick<Snapshot, 'references'>): (file: StoredFile) => Classified {
  const manifests = mapManifests(references)
  const tagged = mapTags(references)
  const forks = mapForks(references)
  const newest = (references.lines[0]?.versions.length ?? 0) - 1
  const damaged = mapDamaged(references, newest)

  const usersOf = (file: StoredFile, runs: readonly Run[]): StorageFile['usedBy'] => {
    const branches = new Set(forks.get(file.path))
    const tags = new Set<string>()
    for (const { line, from, to } of runs) {
      const branch = references.lines[line]?.branch
      if (branch !== undefined) branches.add(branch)
      for (const { index, name } of tagged.get(line) ?? []) if (index >= from && index <= to) tags.add(name)
    }
    return { versions: runs.flatMap((run) => toRange(references, run)), tags: [...tags], branches: [...branches] }
  }

  return (file) => {
    const { kind } = file.placed
    const nothing = { versions: [], tags: [], branches: [] }
    const ref = toRefName(file)
    if (ref !== undefined) {
      const usedBy = { ...nothing, [kind === 'tag' ? 'tags' : 'branches']: [ref] }
      return { class: 'live-metadata', usedBy }
    }
    const broken = damaged.get(file.path)
    if (broken !== undefined) return { ...broken, usedBy: nothing }
    const runs = runsOf(file, references, manifests)
    if (runs.length === 0) return { class: UNNAMED_CLASS[kind] ?? 'abandoned', usedBy: nothing }
    const usedBy = usersOf(file, runs)
    const writtenBy = writerOf(file, references, runs)
    return { ...classOf(file, references, runs, usedBy, newest), ...(writtenBy && { writtenBy }), usedBy }
  }
}

function classOf(
  { placed }: StoredFile,
  references: References,
  runs: readonly Run[],
  usedBy: StorageFile['usedBy'],
  newest: number,
): Pick<Classified, 'class' | 'keeper'> {
  const liveClass = LIVE_CLASS[placed.kind]
  const isLive = runs.some(({ line, to }) => line === 0 && to === newest)
  if (isLive && liveClass !== undefined) return { class: liveClass }
  const [firstBranch] = usedBy.branches
  if (firstBranch !== undefined) {
    const own = references.lines.find(({ folder }) => folder === placed.folder)?.branch
    return { class: 'branch', keeper: own !== undefined && usedBy.branches.includes(own) ? own : firstBranch }
  }
  const [firstTag] = usedBy.tags
  if (firstTag !== undefined) return { class: 'tag', keeper: firstTag }
  return { class: placed.kind === 'index' ? 'superseded-index' : 'old-versions' }
}

type ManifestIndex = ReadonlyMap<string, Run>

function runsOf(file: StoredFile, references: References, manifests: ManifestIndex): readonly Run[] {
  if (file.placed.kind === 'version-hint') {
    const line = references.lines.findIndex(({ folder }) => folder === file.placed.folder)
    const last = (references.lines[line]?.versions.length ?? 0) - 1
    return last < 0 ? [] : [{ line, from: last, to: last }]
  }
  const manifest = manifests.get(file.path)
  if (manifest !== undefined) return [manifest]
  return file.file === undefined ? [] : toRuns(references.uses[file.file] ?? [])
}

/** The flat list of a file's uses as runs. */
export function toRuns(uses: Uses): readonly Run[] {
  const runs: Run[] = []
  for (let at = 0; at + 2 < uses.length; at += 3) {
    runs.push({ line: uses[at] ?? 0, from: uses[at + 1] ?? 0, to: uses[at + 2] ?? 0 })
  }
  return runs
}

function toRange({ lines }: References, run: Run): readonly VersionRange[] {
  const line = lines[run.line]
  const [from, to] = [line?.versions[run.from]?.version, line?.versions[run.to]?.version]
  if (line === undefined || from === undefined || to === undefined) return []
  return [{ ...(line.branch === undefined ? {} : { branch: line.branch }), from, to }]
}

/** The first version that uses a file, of the branch in whose folder it lies if that still has one. */
function writerOf(file: StoredFile, { lines }: References, runs: readonly Run[]): StorageFile['writtenBy'] {
  const own = lines.findIndex(({ folder }) => folder === file.placed.folder)
  const run = runs.find(({ line }) => line === own) ?? runs[0]
  const line = run === undefined ? undefined : lines[run.line]
  const version = run === undefined ? undefined : line?.versions[run.from]
  if (line === undefined || version === undefined) return undefined
  const branch = line.branch === undefined ? {} : { branch: line.branch }
  return { ...branch, version: version.version, operation: version.operation }
}

function mapManifests({ lines }: References): ManifestIndex {
  const manifests = new Map<string, Run>()
  lines.forEach(({ versions }, line) =>
    versions.forEach(({ path }, index) => manifests.set(path, { line, from: index, to: index })),
  )
  return manifests
}

interface TaggedVersion {
  /** Into the line's versions. */
  readonly index: number
  readonly name: string
}

/** Tagged versions that still exist, by line. */
function mapTags(references: References): ReadonlyMap<number, readonly TaggedVersion[]> {
  const tagged = new Map<number, TaggedVersion[]>()
  for (const { name, branch, version } of references.tags) {
    const line = references.lines.findIndex((it) => it.branch === branch)
    const index = references.lines[line]?.versions.findIndex((it) => it.version === version) ?? -1
    if (index === -1) continue
    const known = tagged.get(line) ?? []
    tagged.set(line, known)
    known.push({ index, name })
  }
  return tagged
}

/** Branches made from a version, by the path of its manifest, which cleanup keeps for them. */
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

/** The line a branch was made from: the one with the longest lineage that begins its own. */
function findParent({ lines }: References, line: Line): Line | undefined {
  const ancestors = lines.filter((it) => it !== line && forkVersion(line, it) !== undefined)
  return ancestors.toSorted((a, b) => b.lineage.length - a.lineage.length)[0]
}

/** Classes of manifests that cannot be read, by path. */
function mapDamaged(references: References, newest: number): ReadonlyMap<string, Pick<Classified, 'class' | 'keeper'>> {
  const newestVersion = findLine(references, undefined)?.versions[newest]?.version ?? -1
  const damaged = new Map<string, Pick<Classified, 'class' | 'keeper'>>()
  for (const { branch, unreadable } of references.lines) {
    for (const { path, version } of unreadable) {
      if (branch !== undefined) damaged.set(path, { class: 'branch', keeper: branch })
      else damaged.set(path, { class: version > newestVersion ? 'live-metadata' : 'old-versions' })
    }
  }
  return damaged
}

/** The name a tag or branch file is for. */
function toRefName({ path, placed }: StoredFile): string | undefined {
  if (placed.kind !== 'tag' && placed.kind !== 'branch') return undefined
  const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
