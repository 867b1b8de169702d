import type { ImportSpec } from './spec.ts'

export interface FailedFile {
  /** As in `SourceItem.name`. */
  readonly name: string
  readonly reason: string
}

/** What an import wrote. */
export interface ImportResult {
  /** Names it in `import.list` and in its log. */
  readonly import: string
  readonly location: string
  readonly rowsWritten: number
  /** Rows not written: bad ones, duplicates, those of unchanged files. */
  readonly rowsSkipped: number
  readonly rowsRejected: number
  readonly rowsDeleted: number
  readonly filesDone: number
  readonly filesFailed: readonly FailedFile[]
  readonly bytesRead: number
  readonly elapsedMs: number
  readonly versions: { readonly before: number; readonly after: number }
  /** Where rows that could not be read were put; absent when there are none. */
  readonly rejectFile?: string
  readonly compacted: boolean
}

/** `unfinished`: the app or its process ended; like `paused`, it goes on from its last commit. */
export type ImportState = 'running' | 'paused' | 'unfinished' | 'failed' | 'cancelled' | 'done'

/** One import of this machine, as its journal tells it. */
export interface ImportRecord {
  readonly id: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly endedAt?: string
  readonly state: ImportState
  readonly spec: ImportSpec
  readonly rowsWritten: number
  readonly filesDone: number
  readonly files: number
  readonly bytesRead: number
  /** Why it failed, in plain words. */
  readonly reason?: string
  readonly result?: ImportResult
}

/** One line of an import's log, a file or an event. */
export interface ImportLogLine {
  /** RFC 3339. */
  readonly at: string
  readonly level: 'info' | 'warning' | 'error'
  /** As in `SourceItem.name`; absent = of the whole import. */
  readonly file?: string
  readonly message: string
}
