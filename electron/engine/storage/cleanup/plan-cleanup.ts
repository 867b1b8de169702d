import { AppError } from '#shared/errors.ts'
import type { CleanupPreview, StorageFileKind } from '#shared/model/storage.ts'
import { refNotFound } from '../../datasets/index.ts'
import type { Snapshot, StoredFile } from '../gather/snapshot.ts'
import type { Pace } from '../pace.ts'
import { placeFile } from '../paths.ts'
import { findLine, type Line } from '../references/model.ts'
import { judgeVersions, type CleanupRules, type Judgement } from './judge-versions.ts'
import { pickFiles, topFolder } from './pick-files.ts'

/** Everything cleanup would do. */
export interface CleanupPlan {
  readonly files: readonly StoredFile[]
  readonly versionsRemoved: readonly number[]
  readonly versionsKept: number
  readonly judgement: Judgement
}

/**
 * What LanceDB's cleanup of a branch (undefined = main) would do on the versions there are now. Fails with
 * `corrupt-manifest` where LanceDB's does: it reads all tags, branches and manifests first and stops at what it cannot read.
 */
export async function planCleanup(
  snapshot: Snapshot,
  branch: string | undefined,
  rules: CleanupRules,
  pace: Pace,
): Promise<CleanupPlan> {
  const { files, references } = snapshot
  const line = findLine(references, branch)
  if (line === undefined) throw refNotFound('branch', branch ?? 'main')
  refuseDamagedRefs(snapshot)
  refuseDamaged(line)
  refuseClosedFolders(snapshot, line)
  refuseOddNames(files, line)
  const judgement = judgeVersions(references, line, rules.cutOffNs)
  judgement.protectors.forEach(refuseDamaged)
  const removed = line.versions.filter((_, index) => judgement.hasManifest[index] !== true)
  return {
    files: await pickFiles(files, references, line, judgement, rules, pace),
    versionsRemoved: removed.map(({ version }) => version),
    versionsKept: line.versions.length - removed.length,
    judgement,
  }
}

/** The figures of a plan. */
export function summarizePlan({ files, versionsRemoved, versionsKept, judgement }: CleanupPlan): CleanupPreview {
  return {
    bytesFreed: sumBytes(files),
    filesRemoved: files.length,
    versionsRemoved,
    versionsKept,
    byKind: groupByKind(files),
    ...(judgement.blockedBy.length === 0 ? {} : { blockedBy: judgement.blockedBy }),
    keptBy: judgement.keptBy,
  }
}

export function sumBytes(files: readonly StoredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Bytes and files by what they are, most bytes first. */
export function groupByKind(files: readonly StoredFile[]): CleanupPreview['byKind'] {
  const groups = new Map<StorageFileKind, { bytes: number; files: number }>()
  for (const { placed, bytes } of files) {
    const group = groups.get(placed.kind) ?? { bytes: 0, files: 0 }
    groups.set(placed.kind, group)
    group.bytes += bytes
    group.files++
  }
  return [...groups].map(([kind, group]) => ({ kind, ...group })).toSorted((a, b) => b.bytes - a.bytes)
}

function refuseDamagedRefs({ references }: Snapshot): void {
  const ref = references.unreadable.find(({ path }) => path.startsWith('_refs/'))
  if (ref === undefined) return
  throw new AppError({
    code: 'corrupt-manifest',
    message: `LanceDB would not clean up: it cannot read ${ref.path}.`,
    hint: 'Restore the file from a backup, or remove it if nobody needs the tag or branch.',
    detail: { path: ref.path, reason: ref.error.message },
  })
}

function refuseDamaged({ branch, unreadable }: Line): void {
  const [first] = unreadable
  if (first === undefined) return
  const where = branch === undefined ? '' : ` of branch "${branch}"`
  throw new AppError({
    code: 'corrupt-manifest',
    message: `LanceDB would not clean up: it cannot read the manifest of version ${first.version}${where}.`,
    hint: 'Restore the file from a backup, or remove it if nobody needs that version.',
    detail: { path: first.path, reason: first.error.message },
  })
}

/** Folders Lance's cleanup lists. */
const LISTED = new Set(['_versions', '_transactions', 'data', '_deletions', '_indices'])

/** Cleanup lists its folders whole, and fails where it may not. */
function refuseClosedFolders({ references, unreadable }: Snapshot, line: Line): void {
  const files = new Set(references.unreadable.map(({ path }) => path))
  const closed = unreadable.find(({ path }) => {
    const placed = placeFile(`${path}/file`)
    return !files.has(path) && placed.folder === line.folder && LISTED.has(topFolder({ path: `${path}/` }, line))
  })
  if (closed === undefined) return
  throw new AppError({
    code: 'permission-denied',
    message: `LanceDB would not clean up: the folder ${closed.path} cannot be listed.`,
    hint: 'Ask its owner for permission to read it, or run Tiltyard as a user who may.',
    detail: { path: closed.path, reason: closed.error.message },
  })
}

/** LanceDB's listing gives up at names it cannot write as text, after it has removed some of the files. */
function refuseOddNames(files: readonly StoredFile[], line: Line): void {
  const odd = files.find(
    (file) => isOddName(file.path) && file.placed.folder === line.folder && LISTED.has(topFolder(file, line)),
  )
  if (odd === undefined) return
  throw new AppError({
    code: 'corrupt-data',
    message: `LanceDB would stop half-way through a cleanup: it cannot read the name of the file ${JSON.stringify(odd.path)}.`,
    hint: 'Rename or remove the file first. Names with control characters, or that are not UTF-8, are none of Lance’s.',
    detail: { path: odd.path },
  })
}

/** Control characters, or the mark that stands for bytes that are no UTF-8. */
function isOddName(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at)
    if (code < 0x20 || code === 0x7f || code === 0xfffd) return true
  }
  return false
}
