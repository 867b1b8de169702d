import { AppError } from '#shared/errors.ts'
import type { CleanupPreview } from '#shared/model/storage.ts'
import { parseManifestName } from '../../format/names.ts'
import { eachRun } from '../classify/file-users.ts'
import type { Snapshot, StoredFile } from '../gather/snapshot.ts'
import type { Pace } from '../pace.ts'
import type { References } from '../references/model.ts'
import { judgeOwn, type OwnRules } from './own-rules.ts'
import { UNVERIFIED_MS } from './pick-files.ts'
import { groupByKind, sumBytes } from './plan-cleanup.ts'

const PACE_FILES = 1024

/** What Tiltyard's own cleanup of main removes. */
export interface OwnPlan {
  /** Manifests of versions that go, oldest first. They are removed before any other file. */
  readonly manifests: readonly StoredFile[]
  /** Everything else. */
  readonly files: readonly StoredFile[]
  readonly versionsRemoved: readonly number[]
  readonly versionsKept: number
  readonly keptBy: CleanupPreview['keptBy']
  readonly cutOffNs: bigint
}

/**
 * Plans a cleanup of main that leaves every other version of every branch whole: a file goes only when no version that
 * stays, of any branch, uses it. Refuses where something cannot be read and so might need any file.
 */
export async function planOwnCleanup(snapshot: Snapshot, rules: OwnRules, pace: Pace): Promise<OwnPlan> {
  const { files, references } = snapshot
  const [main] = references.lines
  refuseUnread(snapshot)
  if (main === undefined || main.versions.length === 0) throw noVersions()
  refuseLinks(files)
  const { isKept, keptBy, cutOffNs } = judgeOwn(references, main, rules)
  const removed = new Set(main.versions.filter((_, index) => isKept[index] !== true).map(({ version }) => version))
  const isRemovable = createTest(references, isKept, rules)
  const manifests: { readonly version: number; readonly file: StoredFile }[] = []
  const others: StoredFile[] = []
  for (const [index, file] of files.entries()) {
    if (index % PACE_FILES === 0) await pace()
    if (file.placed.folder !== '' || file.isSpecial === true) continue
    const version = versionOf(file)
    if (version === undefined ? isRemovable(file) : removed.has(version)) {
      if (version === undefined) others.push(file)
      else manifests.push({ version, file })
    }
  }
  return {
    manifests: manifests.toSorted((a, b) => a.version - b.version).map(({ file }) => file),
    files: others.toSorted((a, b) => orderOf(a) - orderOf(b)),
    versionsRemoved: [...removed],
    versionsKept: main.versions.length - removed.size,
    keptBy,
    cutOffNs,
  }
}

/** The figures of a plan. */
export function summarizeOwnPlan({ manifests, files, versionsRemoved, versionsKept, keptBy }: OwnPlan): CleanupPreview {
  const all = [...manifests, ...files]
  return {
    bytesFreed: sumBytes(all),
    filesRemoved: all.length,
    versionsRemoved,
    versionsKept,
    byKind: groupByKind(all),
    keptBy,
  }
}

/** The version a manifest is of, under either naming scheme: a version may have been left under both. */
function versionOf({ path, placed }: StoredFile): number | undefined {
  if (placed.kind !== 'manifest') return undefined
  const parsed = parseManifestName(path.slice(path.lastIndexOf('/') + 1))
  return parsed?.kind === 'version' ? parsed.version : undefined
}

function createTest(
  { uses }: References,
  isKept: readonly boolean[],
  { deleteUnverified, nowMs, needed, isIntended }: OwnRules,
): (file: StoredFile) => boolean {
  const keptBefore = [0]
  for (const flag of isKept) keptBefore.push((keptBefore.at(-1) ?? 0) + (flag ? 1 : 0))
  const isYoung = ({ modifiedMs }: StoredFile): boolean => modifiedMs >= nowMs - UNVERIFIED_MS
  const isLeftover = (file: StoredFile): boolean => deleteUnverified || !isYoung(file) || isIntended(file)
  return (file) => {
    const { placed } = file
    if (placed.kind === 'temporary') return isOwnTemporary(file) && isLeftover(file)
    if (!REMOVABLE.has(placed.kind) || placed.key === undefined || needed.has(nameOf(file))) return false
    // Which signatures other manifests need is not among the names.
    if (placed.kind === 'computed-signature' && needed.size > 0) return false
    const used = file.file === undefined ? [] : (uses[file.file] ?? [])
    if (used.length === 0) return isLeftover(file)
    for (const [line, from, to] of eachRun(used)) {
      // Main is line 0.
      if (line !== 0 || (keptBefore[to + 1] ?? 0) > (keptBefore[from] ?? 0)) return false
    }
    return true
  }
}

const REMOVABLE = new Set(['transaction', 'deletion', 'data', 'blob', 'index', 'computed-signature'])

/** `{name}.manifest-{uuid}` is what a commit by way of an external store waits with; it is no leftover of ours to judge. */
export function isOwnTemporary({ path }: Pick<StoredFile, 'path'>): boolean {
  return !/\.manifest-[^/]+$/.test(path)
}

/** What a manifest calls a file: its name, that of the data file a blob belongs to, or the uuid of its index segment. */
export function nameOf({ placed, path }: Pick<StoredFile, 'placed' | 'path'>): string {
  const called = placed.key ?? path
  return called.slice(called.lastIndexOf('/') + 1)
}

/** Small files that only tell of a version go first, then what its rows need. */
const ORDER = ['transaction', 'deletion', 'data', 'blob', 'index', 'computed-signature', 'temporary']

function orderOf({ placed }: StoredFile): number {
  return ORDER.indexOf(placed.kind)
}

function refuseUnread({ unreadable }: Snapshot): void {
  const [first] = unreadable
  if (first === undefined) return
  throw new AppError({
    code: first.error.code === 'permission-denied' ? 'permission-denied' : 'corrupt-manifest',
    message: `Nothing was removed: ${first.path} cannot be read, so it is not known which files it needs.`,
    hint: 'Restore it from a backup or ask for permission to read it; the doctor says more.',
    detail: { path: first.path, reason: first.error.message },
  })
}

function noVersions(): AppError {
  return new AppError({
    code: 'not-a-dataset',
    message: 'Nothing was removed: main has no version that can be read.',
    hint: 'Check the dataset with the doctor.',
  })
}

const OWN_FOLDERS = new Set(['_versions', '_transactions', 'data', '_deletions', '_indices', '_refs', 'tree'])

/** Folders and manifests behind links may be shared with others, or have parts nobody has listed. */
function refuseLinks(files: readonly StoredFile[]): void {
  const link = files.find(
    ({ path, placed, isSpecial }) => isSpecial === true && (OWN_FOLDERS.has(path) || placed.kind === 'manifest'),
  )
  if (link === undefined) return
  throw new AppError({
    code: 'unsupported-format',
    message: `Nothing was removed: ${link.path} is a link, and what lies behind it may belong to others.`,
    hint: 'Put the folder itself in its place, or clean up where the link leads.',
    detail: { path: link.path },
  })
}
