import { AppError } from '#shared/errors.ts'
import type { CleanupPreview, StorageFileKind } from '#shared/model/storage.ts'
import { refNotFound } from '../../datasets/index.ts'
import type { Snapshot, StoredFile } from '../gather/snapshot.ts'
import type { Pace } from '../pace.ts'
import { findLine, type Line } from '../references/model.ts'
import { judgeVersions, type CleanupRules, type Judgement } from './judge-versions.ts'
import { pickFiles } from './pick-files.ts'

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

function sumBytes(files: readonly StoredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function groupByKind(files: readonly StoredFile[]): CleanupPreview['byKind'] {
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
