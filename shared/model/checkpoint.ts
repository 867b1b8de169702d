import type { ErrorValue } from '../errors.ts'

/** One dataset in a restore point. */
export interface CheckpointMember {
  /** From the folder. */
  readonly path: string
  readonly version: number
  /** `kept`: the version is there and tagged; `untagged`: there but a cleanup may take it; `gone`; `missing`: the dataset is. */
  readonly state: 'kept' | 'untagged' | 'gone' | 'missing'
  /** Newest version now. */
  readonly newest?: number
}

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

/** What making or restoring a restore point did to each dataset. */
export interface CheckpointOutcome {
  readonly path: string
  readonly version?: number
  readonly error?: ErrorValue
}
