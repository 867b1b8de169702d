/** Names of Lance transaction operations (`facts`: transaction.proto fields 100-116), in kebab-case. */
export const OPERATIONS = [
  'append',
  'delete',
  'overwrite',
  'create-index',
  'rewrite',
  'merge',
  'restore',
  'reserve-fragments',
  'update',
  'project',
  'update-config',
  'data-replacement',
  'update-mem-wal-state',
  'clone',
  'update-bases',
  'data-overlay',
  'unknown',
] as const
export type OperationName = (typeof OPERATIONS)[number]

/** One version of a dataset as the timeline shows it. */
export interface VersionEntry {
  readonly version: number
  /** Commit time, RFC 3339 UTC with up to nanoseconds. */
  readonly timestamp: string
  readonly operation: OperationName
  /** One sentence for people: `Append: 3 fragments, 10,000 rows`. */
  readonly sentence: string
  /** Live rows at this version. */
  readonly rows: number
  /** Set when an old writer left out the rows of some fragment: `rows` is then too small. */
  readonly rowsPartial?: true
  /** Against the next older version that still exists; null when there is none to compare with, or either is partial. */
  readonly rowsDelta: number | null
  readonly fragments: number
  readonly fragmentsDelta: number | null
  /** Sum of the data file sizes the manifest records. */
  readonly dataBytes: number
  /** Null also when either version does not record the size of every file. */
  readonly dataBytesDelta: number | null
  /** Set when old writers left out the size of some data file: `dataBytes` is then too small. */
  readonly dataBytesPartial?: true
  readonly tags: readonly string[]
  /** Set when this version's manifest could not be read; the counts are then 0 and mean nothing. */
  readonly problem?: string
}

export interface TagEntry {
  readonly name: string
  readonly version: number
  /** Absent = main. */
  readonly branch?: string
  readonly createdAt?: string
  readonly updatedAt?: string
  /** Set when the tag file cannot be read. */
  readonly problem?: string
}

export interface BranchEntry {
  readonly name: string
  /** Absent = main. */
  readonly parentBranch?: string
  readonly parentVersion: number
  readonly latestVersion: number | null
  readonly createdAt?: string
  readonly problem?: string
}
