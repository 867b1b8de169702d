import type { StoredFile } from '../gather/snapshot.ts'
import { eachRun } from '../classify/file-users.ts'
import type { Pace } from '../pace.ts'
import { isHalfWritten } from '../paths.ts'
import type { Line, References } from '../references/model.ts'
import type { CleanupRules, Judgement } from './judge-versions.ts'

/** Files named by no manifest are taken for leftovers once they are this old. */
export const UNVERIFIED_MS = 7 * 24 * 60 * 60 * 1000
const PACE_FILES = 1024

/** What the versions of a line say about a file. */
interface Named {
  /** By a version that is kept, or by a branch that depends on the line. */
  readonly byKept: boolean
  /** By a version that goes, so that it is known to belong to no commit under way. */
  readonly byOld: boolean
  /** By a version whose manifest stays. */
  readonly byManifest: boolean
}

/** The files Lance's cleanup would delete for a line, manifests included. */
export async function pickFiles(
  files: readonly StoredFile[],
  references: References,
  line: Line,
  judgement: Judgement,
  rules: CleanupRules,
  pace: Pace,
): Promise<readonly StoredFile[]> {
  const named = createNaming(references, line, judgement)
  const removedManifests = new Set(
    line.versions.filter((_, index) => judgement.hasManifest[index] !== true).map(({ path }) => path),
  )
  const earliestMs = Number(judgement.earliestNs) / 1e6
  const isPicked = (file: StoredFile): boolean => {
    if (file.placed.folder !== line.folder || isHalfWritten(file.path)) return false
    if (file.placed.kind === 'manifest') return removedManifests.has(file.path)
    const isYoung = !rules.deleteUnverified && file.modifiedMs >= rules.nowMs - UNVERIFIED_MS
    // Signature files are no business of Lance: LanceDB sweeps them after it, once no manifest is left that names them.
    if (file.placed.kind === 'computed-signature') return !named(file).byManifest && !isYoung
    const top = topFolder(file, line)
    // An index is written before the version that names it, so index files are looked at whatever their age.
    if (top !== '_indices' && file.modifiedMs > earliestMs) return false
    return isRemovable(file, top, named(file), isYoung)
  }
  const picked: StoredFile[] = []
  for (const [index, file] of files.entries()) {
    if (index % PACE_FILES === 0) await pace()
    if (isPicked(file)) picked.push(file)
  }
  return picked
}

function isRemovable({ path, placed }: StoredFile, top: string, { byKept, byOld }: Named, isYoung: boolean): boolean {
  const isLeftover = !byKept && (!isYoung || byOld)
  switch (placed.kind) {
    case 'temporary':
      return top === '_versions' && path.includes('_versions/.tmp') && !isYoung
    case 'data':
    case 'deletion':
    case 'index':
    case 'transaction':
      return isLeftover
    case 'blob':
      return placed.key !== undefined && isLeftover
    default:
      // Even what nobody would put there.
      return top === '_indices' && isLeftover
  }
}

function createNaming(references: References, line: Line, judgement: Judgement): (file: StoredFile) => Named {
  const own = references.lines.indexOf(line)
  const protectors = new Set(judgement.protectors.map((it) => references.lines.indexOf(it)))
  const keptBefore = countBefore(judgement.isKept)
  const manifestsBefore = countBefore(judgement.hasManifest)
  return ({ file }) => {
    let byKept = false
    let byOld = false
    let byManifest = false
    for (const [line, from, to] of eachRun(file === undefined ? [] : (references.uses[file] ?? []))) {
      if (protectors.has(line)) byKept = true
      if (line !== own) continue
      const within = (before: readonly number[]): number => (before[to + 1] ?? 0) - (before[from] ?? 0)
      if (within(keptBefore) > 0) byKept = true
      if (within(keptBefore) < to - from + 1) byOld = true
      if (within(manifestsBefore) > 0) byManifest = true
    }
    return { byKept, byOld, byManifest }
  }
}

/** How many flags before an index are set, so that a run of versions is judged at once. */
function countBefore(flags: readonly boolean[]): readonly number[] {
  const counts = [0]
  for (const flag of flags) counts.push((counts.at(-1) ?? 0) + (flag ? 1 : 0))
  return counts
}

/** First part of the path below the line's folder. */
export function topFolder({ path }: Pick<StoredFile, 'path'>, { folder }: Line): string {
  const start = folder === '' ? 0 : folder.length + 1
  const end = path.indexOf('/', start)
  return end === -1 ? '' : path.slice(start, end)
}
