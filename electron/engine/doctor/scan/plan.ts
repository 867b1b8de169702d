/** One version whose fragments are to be read; everything crosses a process boundary. */
export interface ScanTarget {
  /** Folder of the branch from the dataset's root; empty for main. */
  readonly lineFolder: string
  /** Its manifest, from the dataset's root. */
  readonly manifestPath: string
  readonly fragments: readonly number[]
  readonly indices: readonly string[]
}

export interface ScanPlan {
  readonly location: string
  readonly targets: readonly ScanTarget[]
  /**
   * `check` reads everything once and, where that fails, column by column. `rows` finds out which rows of each fragment can
   * be read with all columns.
   */
  readonly mode: 'check' | 'rows'
  /** Where the task notes what it is at. */
  readonly journal: string
  /** Least time a unit may take, milliseconds; large ones may take longer. */
  readonly limitMs: number
}

/** Bytes a second a disk is thought to give at worst. */
const SLOWEST_BYTES_PER_MS = 5000

/** Longest wait for reading so many bytes. */
export function limitFor(bytes: number, limitMs: number): number {
  return Math.ceil(limitMs + bytes / SLOWEST_BYTES_PER_MS)
}
