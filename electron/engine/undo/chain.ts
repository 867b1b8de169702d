import type { LedgerEntry } from '#shared/model/ledger.ts'

/** A write that made versions, known at both ends. */
export type VersionWrite = LedgerEntry & { readonly versionBefore: number; readonly versionAfter: number }

/** A write that has not noted its end, and is not running any more, or whose end was not to be seen. */
export type OpenWrite = LedgerEntry & { readonly versionBefore: number; readonly versionAfter?: never }

export function isOpenWrite(entry: LedgerEntry): entry is OpenWrite {
  const { versionBefore, versionAfter, outcome } = entry
  return versionBefore !== undefined && versionAfter === undefined && outcome !== 'running'
}

/** True for what can be undone: it made a version, or may have. Of undoing itself only what did not end is listed. */
export function isUndoable(entry: LedgerEntry): entry is VersionWrite | OpenWrite {
  return isOpenWrite(entry) || (isVersionWrite(entry) && !isStep(entry) && entry.outcome !== 'running')
}

export function isVersionWrite(entry: LedgerEntry): entry is VersionWrite {
  const { versionBefore, versionAfter } = entry
  return versionBefore !== undefined && versionAfter !== undefined && versionAfter > versionBefore
}

/** True for entries that undid or did again another one; they stand for that one, not for themselves. */
export function isStep({ undoes, redoes }: LedgerEntry): boolean {
  return undoes !== undefined || redoes !== undefined
}

/** The version an undo or redo committed anew; undefined for other entries and when the ledger does not say. */
export function restoredBy(entry: LedgerEntry): number | undefined {
  const { result } = entry
  if (!isStep(entry) || entry.outcome !== 'done' || typeof result !== 'object' || result === null) return undefined
  return 'restored' in result && typeof result.restored === 'number' ? result.restored : undefined
}

export interface Walk {
  /** False when the state looked for is not part of the newest one any more. */
  readonly isReached: boolean
  /** Versions made since and still part of the newest state, oldest first. */
  readonly since: readonly number[]
}

/**
 * Goes back from the newest version to an older one. An undo or redo has the content of the version it committed anew, so
 * the way goes on there: what it took back is no part of the newest state. Restores by anyone else count as commits.
 */
export function walkBack(newest: number, to: number, steps: ReadonlyMap<number, number>): Walk {
  const since: number[] = []
  let at = newest
  while (at > to) {
    const restored = steps.get(at)
    if (restored !== undefined && restored < at) at = restored
    else since.push(at--)
  }
  return { isReached: at === to, since: since.reverse() }
}
