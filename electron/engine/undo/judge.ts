import type { ErrorValue } from '#shared/errors.ts'
import type { LaterCommit, LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { isStep, isVersionWrite, restoredBy, walkBack, type VersionWrite } from './chain.ts'
import { canBeOwn } from './own-commits.ts'
import { goneVersion, notPartOf, otherDataset } from './problems.ts'

/** Clocks of the ledger and of commits are the same one, read at different moments. */
const SLACK_MS = 60_000

/** An item with the version that is to be committed anew. */
export interface Judged extends UndoItem {
  readonly target: number
}

/** Writes of one branch, newest first, judged against its versions, of which those older than all writes may be left out. */
export function judge(
  entries: readonly LedgerEntry[],
  versions: ReadonlyMap<number, VersionEntry>,
  newest: number,
): readonly Judged[] {
  const steps = new Map<number, number>()
  for (const entry of entries) {
    const restored = restoredBy(entry)
    if (restored !== undefined && entry.versionAfter !== undefined) steps.set(entry.versionAfter, restored)
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const byVersion = new Map(entries.flatMap((entry) => (isVersionWrite(entry) ? [[entry.versionAfter, entry.id]] : [])))
  const describe = (version: number): LaterCommit => {
    const known = versions.get(version)
    const entry = byVersion.get(version)
    return {
      version,
      // Of a version cleaned up since only this is known: it is older than the next one there is.
      timestamp: known?.timestamp ?? nextTimestamp(version, newest, versions),
      sentence: known?.sentence ?? 'Cleaned up since; what it did is not known',
      ...(entry === undefined ? {} : { entry }),
    }
  }
  return entries
    .filter((entry) => !isStep(entry) && entry.outcome !== 'running')
    .filter(isVersionWrite)
    .map((entry) => {
      const undo = entry.undoneBy === undefined ? undefined : byId.get(entry.undoneBy)
      const isUndone = undo !== undefined && isVersionWrite(undo)
      const from: VersionWrite = isUndone ? undo : entry
      const walk = walkBack(newest, from.versionAfter, steps)
      const between = isUndone ? [] : foreignWithin(entry, versions)
      const target = from.versionBefore
      const problem = findProblem(from, walk.isReached, target, versions, newest)
      return {
        entry,
        kind: isUndone ? 'redo' : 'undo',
        newest,
        later: walk.isReached ? [...between, ...walk.since].map(describe) : [],
        ...(problem === undefined ? {} : { problem }),
        target,
      }
    })
}

/** Commits others made while a write ran. */
function foreignWithin(
  { operation, versionBefore, versionAfter }: VersionWrite,
  versions: ReadonlyMap<number, VersionEntry>,
): readonly number[] {
  const between: number[] = []
  for (let version = versionBefore + 1; version <= versionAfter; version++) {
    const commit = versions.get(version)?.operation
    if (versionAfter === versionBefore + 1) break
    if (commit !== undefined && !canBeOwn(operation, commit, version === versionAfter)) between.push(version)
  }
  return between
}

function findProblem(
  { at, endedAt, versionAfter }: VersionWrite,
  isReached: boolean,
  target: number,
  versions: ReadonlyMap<number, VersionEntry>,
  newest: number,
): ErrorValue | undefined {
  const made = versions.get(versionAfter)
  if (versionAfter > newest || (made !== undefined && !isWithin(made.timestamp, at, endedAt))) {
    return otherDataset(versionAfter)
  }
  if (!isReached) return notPartOf(versionAfter, newest)
  return versions.has(target) ? undefined : goneVersion(target)
}

function isWithin(timestamp: string, from: string, to: string | undefined): boolean {
  const time = Date.parse(timestamp)
  return time >= Date.parse(from) - SLACK_MS && (to === undefined || time <= Date.parse(to) + SLACK_MS)
}

function nextTimestamp(version: number, newest: number, versions: ReadonlyMap<number, VersionEntry>): string {
  for (let next = version + 1; next <= newest; next++) {
    const known = versions.get(next)
    if (known !== undefined) return known.timestamp
  }
  return new Date().toISOString()
}
