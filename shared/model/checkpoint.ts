import type { ErrorValue } from '../errors.ts'

/** One dataset in a restore point. */
export interface CheckpointMember {
  /** From the folder. */
  readonly path: string
  readonly state: MemberState
}

/** What is left of a dataset's version in a restore point; `newest` is the newest version now. */
export type MemberState =
  /** There and tagged, or there without its tag, so that a cleanup may take it. */
  | { readonly kind: 'kept' | 'untagged'; readonly version: number; readonly newest: number }
  /** The dataset is there, and the version was removed. */
  | { readonly kind: 'version-gone'; readonly version: number; readonly newest: number }
  /** No dataset is there any more. */
  | { readonly kind: 'dataset-gone'; readonly version: number }
  /** The dataset is there and does not open, so nothing is known of the version. */
  | { readonly kind: 'unreadable'; readonly version: number; readonly reason: ErrorValue }
  /** It did not open when the restore point was made: no version of it was ever kept. */
  | { readonly kind: 'not-recorded'; readonly reason: ErrorValue }

/** A named snapshot of all datasets of a folder: a tag on the newest version of each. */
export interface Checkpoint {
  readonly name: string
  /** RFC 3339. */
  readonly createdAt: string
  readonly note?: string
  readonly members: readonly CheckpointMember[]
  /** Some of its datasets could not be tagged or no longer keep their version. */
  readonly isPartial: boolean
}

/** What making, restoring or deleting a restore point did to each dataset. */
export interface CheckpointOutcome {
  readonly path: string
  /** Absent where it failed, and where there was nothing to do. */
  readonly version?: number
  readonly error?: ErrorValue
}
