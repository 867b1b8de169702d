import type { LedgerEntry } from '#shared/model/ledger.ts'

/** A write that made versions, known at both ends. */
export type VersionWrite = LedgerEntry & { readonly versionBefore: number; readonly versionAfter: number }

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
