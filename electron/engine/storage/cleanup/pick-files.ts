import type { StoredFile } from '../gather/snapshot.ts'
import { toRuns } from '../classify.ts'
import type { Line, References } from '../references/model.ts'
import type { CleanupRules, Judgement } from './judge-versions.ts'

/** Files named by no manifest are taken for leftovers once they are this old. */
const UNVERIFIED_MS = 7 * 24 * 60 * 60 * 1000

/** What the versions of a line say about a file. */
interface Named {
  /** By a version that is kept, or by a branch that depends on the line. */
  readonly byKept: boolean
  /** By a version that goes, so that it is known to belong to no commit under way. */
  readonly byOld: boolean
}

/** The files Lance's cleanup would delete for a line, manifests included. */
export function pickFiles(
  files: readonly StoredFile[],
  references: References,
  line: Line,
  judgement: Judgement,
  rules: CleanupRules,
): readonly StoredFile[] {
  const named = createNaming(references, line, judgement)
  const removedManifests = new Set(
    line.versions.filter((_, index) => judgement.hasManifest[index] !== true).map(({ path }) => path),
  )
  const earliestMs = Number(judgement.earliestNs) / 1e6
  return files.filter((file) => {
    if (file.placed.folder !== line.folder) return false
    if (file.placed.kind === 'manifest') return removedManifests.has(file.path)
    const isYoung = !rules.deleteUnverified && file.modifiedMs >= rules.nowMs - UNVERIFIED_MS
    const top = topFolder(file, line)
    // An index is written before the version that names it, so index files are looked at whatever their age.
    if (top !== '_indices' && file.modifiedMs > earliestMs) return false
    return isRemovable(file, top, named(file), isYoung)
  })
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
  // How many versions before an index are kept, so that a run is judged at once.
  const keptBefore = [0]
  for (const isKept of judgement.isKept) keptBefore.push((keptBefore.at(-1) ?? 0) + (isKept ? 1 : 0))
  return ({ file }) => {
    let byKept = false
    let byOld = false
    for (const { line, from, to } of toRuns(file === undefined ? [] : (references.uses[file] ?? []))) {
      if (protectors.has(line)) byKept = true
      if (line !== own) continue
      const kept = (keptBefore[to + 1] ?? 0) - (keptBefore[from] ?? 0)
      if (kept > 0) byKept = true
      if (kept < to - from + 1) byOld = true
    }
    return { byKept, byOld }
  }
}

/** First part of the path below the line's folder. */
function topFolder({ path }: StoredFile, { folder }: Line): string {
  const start = folder === '' ? 0 : folder.length + 1
  const end = path.indexOf('/', start)
  return end === -1 ? '' : path.slice(start, end)
}
