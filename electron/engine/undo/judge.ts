import type { ErrorValue } from '#shared/errors.ts'
import type { LaterCommit, LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import {
  isUndoable,
  isVersionWrite,
  restoredBy,
  walkBack,
  type OpenWrite,
  type VersionWrite,
  type Walk,
} from './chain.ts'
import { findPerhaps, foreignWithin } from './open-writes.ts'
import { goneVersion, nothingCommitted, notPartOf, otherDataset } from './problems.ts'

/** Clocks of the ledger and of commits are the same one, read at different moments. */
const SLACK_MS = 60_000

/** Commits described of an item; of the rest only the number is told. */
const MAX_LATER = 100

/** An item with the version that is to be committed anew. */
export interface Judged extends UndoItem {
  readonly target: number
}

/** What is known of the branch now. */
interface Branch {
  readonly versions: ReadonlyMap<number, VersionEntry>
  readonly newest: number
}

/** Writes of one branch, newest first, judged against its versions, of which those older than all writes may be left out. */
export function judge(
  entries: readonly LedgerEntry[],
  versions: ReadonlyMap<number, VersionEntry>,
  newest: number,
): readonly Judged[] {
  const branch: Branch = { versions, newest }
  const steps = new Map<number, number>()
  for (const entry of entries) {
    const restored = restoredBy(entry)
    if (restored !== undefined && entry.versionAfter !== undefined) steps.set(entry.versionAfter, restored)
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const byVersion = new Map(entries.flatMap((entry) => (isVersionWrite(entry) ? [[entry.versionAfter, entry.id]] : [])))
  const perhaps = findPerhaps(entries, versions, newest)
  const describe = (version: number): LaterCommit => {
    const known = versions.get(version)
    const entry = byVersion.get(version)
    const perhapsOf = perhaps.get(version)
    return {
      version,
      // Of a version cleaned up since only this is known: it is older than the next one there is.
      timestamp: known?.timestamp ?? nextTimestamp(version, branch),
      sentence: known?.sentence ?? 'Cleaned up since; what it did is not known',
      ...(entry === undefined ? {} : { entry }),
      ...(perhapsOf === undefined ? {} : { perhapsOf }),
    }
  }
  return entries.filter(isUndoable).map((entry) => {
    const undo = entry.undoneBy === undefined ? undefined : byId.get(entry.undoneBy)
    const isUndone = undo !== undefined && isVersionWrite(undo)
    const from = isUndone ? undo : entry
    // Of an open write nobody knows where it ended: all that came since it began is in question.
    const walk = walkBack(newest, from.versionAfter ?? from.versionBefore, steps)
    const between = isUndone || !isVersionWrite(entry) ? [] : foreignWithin(entry, versions)
    const later = walk.isReached ? [...between, ...walk.since] : []
    const mayHaveCommitted = later.some((version) => perhaps.get(version)?.includes(entry.id) === true)
    const problem = isVersionWrite(from)
      ? findProblem(from, walk, branch)
      : findOpenProblem(from, walk, branch, mayHaveCommitted)
    return {
      entry,
      kind: isUndone ? 'redo' : 'undo',
      newest,
      later: later.slice(0, MAX_LATER).map(describe),
      laterCount: later.length,
      ...(problem === undefined ? {} : { problem }),
      target: from.versionBefore,
    }
  })
}

function findProblem(
  { at, endedAt, versionAfter, versionBefore }: VersionWrite,
  { isReached }: Walk,
  { versions, newest }: Branch,
): ErrorValue | undefined {
  const made = versions.get(versionAfter)
  if (versionAfter > newest || (made !== undefined && !isWithin(made.timestamp, at, endedAt))) {
    return otherDataset(versionAfter)
  }
  if (!isReached) return notPartOf(versionAfter, newest)
  return versions.has(versionBefore) ? undefined : goneVersion(versionBefore)
}

function findOpenProblem(
  write: OpenWrite,
  { isReached }: Walk,
  { versions, newest }: Branch,
  mayHaveCommitted: boolean,
): ErrorValue | undefined {
  const { at, versionBefore } = write
  const found = versions.get(versionBefore)
  const isYounger = found !== undefined && Date.parse(found.timestamp) > Date.parse(at) + SLACK_MS
  if (versionBefore > newest || isYounger) return otherDataset(versionBefore, 'found')
  if (!isReached) return notPartOf(versionBefore, newest)
  if (!mayHaveCommitted) return nothingCommitted(write, newest)
  return found === undefined ? goneVersion(versionBefore) : undefined
}

function isWithin(timestamp: string, from: string, to: string | undefined): boolean {
  const time = Date.parse(timestamp)
  return time >= Date.parse(from) - SLACK_MS && (to === undefined || time <= Date.parse(to) + SLACK_MS)
}

function nextTimestamp(version: number, { versions, newest }: Branch): string {
  for (let next = version + 1; next <= newest; next++) {
    const known = versions.get(next)
    if (known !== undefined) return known.timestamp
  }
  return new Date().toISOString()
}
