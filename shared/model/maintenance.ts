import type { CleanupPreview, CompactionPreview } from './storage.ts'

/** What maintenance can be asked to do to main; also the steps of a plan. */
export type MaintenanceOperation =
  | { readonly kind: 'compact' }
  | { readonly kind: 'optimize-indices' }
  /** Rewrites fragments with deleted rows, however few. `fragments` absent = all that have some. */
  | { readonly kind: 'purge-deletions'; readonly fragments?: readonly number[] | undefined }
  /** Rewrites chosen neighbouring fragments into ones of about so many rows. */
  | {
      readonly kind: 'refragment'
      readonly rowsPerFragment: number
      readonly fragments?: readonly number[] | undefined
    }
  | CleanupOperation
  | DeleteRowsOperation
  | { readonly kind: 'migrate-manifests' }
  /** Writes the rows of main into a new dataset. History, tags, branches and indices are not copied. */
  | {
      readonly kind: 'copy'
      readonly to: string
      readonly rowsPerFragment?: number | undefined
      readonly formatVersion?: string | undefined
    }

/** Keeps the newest, tagged and branched versions always. Exactly one of `olderThan` (RFC 3339) and `keepLast`. */
export interface CleanupOperation {
  readonly kind: 'cleanup'
  readonly olderThan?: string | undefined
  readonly keepLast?: number | undefined
  /** Also files no version uses that are younger than seven days: possibly of a write going on. */
  readonly deleteUnverified?: boolean | undefined
}

/** Exactly one of `filter` (SQL) and `rows`. */
export interface DeleteRowsOperation {
  readonly kind: 'delete-rows'
  readonly filter?: string | undefined
  readonly rows?: ChosenRows | undefined
}

/** Rows chosen one by one: row ids, exact decimal texts, as they are in a version of main. */
export interface ChosenRows {
  readonly version: number
  readonly ids: readonly string[]
}

/** Most rows chosen one by one for one operation; more are named by a filter. */
export const CHOSEN_ROWS_MAX = 100_000

export type MaintenanceKind = MaintenanceOperation['kind']

export interface MaintenanceNote {
  readonly severity: 'note' | 'warning' | 'problem'
  readonly message: string
}

/** What a cleanup removes. Versions, bytes and files are exact as long as nobody else writes. */
export interface CleanupForecast extends Pick<
  CleanupPreview,
  'bytesFreed' | 'filesRemoved' | 'versionsRemoved' | 'versionsKept' | 'byKind' | 'keptBy'
> {
  /** The cut-off it comes down to, RFC 3339. */
  readonly olderThan: string
  /** Entries of the ledger and restore points that can no longer be undone or restored. */
  readonly unreachable: readonly string[]
}

/** What an operation would do now. Figures that cannot be known are absent. */
export interface Forecast {
  readonly kind: MaintenanceKind
  /** Newest version of main it was made for. */
  readonly version: number
  readonly nothingToDo: boolean
  readonly rows?: number
  readonly bytesReadAtMost?: number
  readonly bytesWrittenAtMost?: number
  /** More disk used until old versions are cleaned up. */
  readonly extraDiskAtMost?: number
  readonly bytesFreed?: number
  readonly peakMemoryAbout?: number
  /** Memory its job may use unless another ceiling is given: half of the machine's. */
  readonly memoryLimitBytes: number
  /** Free on the volume the dataset is on; null = not known. */
  readonly freeDiskBytes: number | null
  readonly compaction?: CompactionPreview
  readonly cleanup?: CleanupForecast
  readonly notes: readonly MaintenanceNote[]
}

/** Lowest ceiling of a job's memory: its process takes more than this before it does anything. */
export const MEMORY_CEILING_LEAST = 64 * 1024 * 1024

/** A state, measured. */
export interface StateFigures {
  readonly version: number
  readonly versions: number
  readonly rows: number
  readonly deletedRows: number
  readonly fragments: number
  /** Bytes of the files the newest version uses, and of everything in the directory. */
  readonly liveBytes: number
  readonly totalBytes: number
  readonly totalFiles: number
}

/** What an operation did, measured. */
export interface MaintenanceResult {
  readonly kind: MaintenanceKind
  readonly versionBefore: number
  readonly versionAfter: number
  readonly before: StateFigures
  readonly after: StateFigures
  readonly elapsedMs: number
  /** Times it was begun: more than one after commit conflicts. */
  readonly tries: number
  /** Time to read the same rows in full before and after; absent where it proves nothing. */
  readonly scan?: { readonly rows: number; readonly beforeMs: number; readonly afterMs: number }
  readonly bytesFreed?: number
  readonly filesRemoved?: number
  readonly rowsDeleted?: number
  /** Where a copy was written. */
  readonly to?: string
  readonly notes: readonly MaintenanceNote[]
}

/** A file a stopped write left. */
export interface Leftover {
  readonly path: string
  readonly bytes: number
  /** RFC 3339. */
  readonly modifiedAt: string
  /** `abandoned`: no version uses it; `temporary`: a `.tmp` file. */
  readonly why: 'abandoned' | 'temporary'
  /** Written before the last write of this app began that did not finish, or not; younger than seven days = possibly of a write going on. */
  readonly isRecent: boolean
}

/** When to do which maintenance. Every part is optional; `whenIdle` false = only when asked. */
export interface MaintenancePlan {
  readonly compact?: { readonly smallFragmentsAbove: number } | undefined
  readonly purgeDeletions?: { readonly deletedPercentAbove: number } | undefined
  readonly optimizeIndices?: { readonly coveragePercentBelow: number } | undefined
  readonly cleanup?: { readonly keepDays?: number | undefined; readonly keepLast?: number | undefined } | undefined
  readonly whenIdle: boolean
}

/** A plan held against the dataset as it is. */
export interface PlanState {
  /** Null = none was set. */
  readonly plan: MaintenancePlan | null
  /** Its steps in the order they would run, with why they are due or not. */
  readonly steps: readonly {
    readonly operation: MaintenanceOperation
    readonly isDue: boolean
    readonly reason: string
  }[]
  /** RFC 3339. */
  readonly lastRunAt?: string
}

/** A dataset in the trash of its folder. */
export interface TrashedDataset {
  readonly id: string
  readonly name: string
  /** Where it was. */
  readonly location: string
  /** RFC 3339. */
  readonly trashedAt: string
  readonly bytes: number
}
