import type { ErrorValue } from '../errors.ts'

/** `unfinished`: begun, and the app ended before it knew the end. */
export type LedgerOutcome = 'running' | 'done' | 'failed' | 'cancelled' | 'unfinished'

/** One write this app made, or tried, to a dataset. Kept outside the dataset, one list for each. */
export interface LedgerEntry {
  readonly id: string
  /** RFC 3339. */
  readonly at: string
  readonly endedAt?: string
  readonly who: { readonly user: string; readonly by: 'person' | 'policy' }
  /** Name of the operation in the contract. */
  readonly operation: string
  /** One line for people: `Compact`, `Delete rows where id < 10`. */
  readonly title: string
  /** Where the dataset was then; its ledger follows it. */
  readonly location: string
  /** Absent = main. */
  readonly branch?: string
  /** Newest version of the branch just before, and after it ended. */
  readonly versionBefore?: number
  readonly versionAfter?: number
  readonly outcome: LedgerOutcome
  /** What was foretold and what came of it, as the operation has them; plain JSON. */
  readonly forecast?: unknown
  readonly result?: unknown
  readonly error?: ErrorValue
  /** The entry this one undid or did again. */
  readonly undoes?: string
  readonly redoes?: string
  /** The entry that undid this one. */
  readonly undoneBy?: string
}

/** A commit between an entry and now. */
export interface LaterCommit {
  readonly version: number
  /** RFC 3339. */
  readonly timestamp: string
  readonly sentence: string
  /** The ledger's entry for it. */
  readonly entry?: string
  /** Entries whose end nobody noted that may have made it. Without these and `entry` another program did. */
  readonly perhapsOf?: readonly string[]
}

/**
 * A write of the ledger that made a version, with what undoing (or, when undone, redoing) it means now. One whose end
 * nobody noted, since the app died over it, has no `versionAfter`: what it may have committed is among `later`.
 */
export interface UndoItem {
  readonly entry: LedgerEntry
  readonly kind: 'undo' | 'redo'
  /** Why it cannot be done, in plain words; absent when it can. */
  readonly problem?: ErrorValue
  /** Newest version of the branch this was judged for. */
  readonly newest: number
  /** Commits made since that undoing would take back too, oldest first; the first hundred, `laterCount` counts all. */
  readonly later: readonly LaterCommit[]
  readonly laterCount: number
}
