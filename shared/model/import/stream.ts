/** Where a stream is. `total` = accepted = `buffered` + `persisted`; records refused are none of them. */
export interface StreamCounts {
  readonly total: number
  /** Accepted and not yet in the dataset. */
  readonly buffered: number
  /** In the dataset, committed. */
  readonly persisted: number
  readonly refused: number
}

/** A record that does not fit the schema. */
export interface RefusedRecord {
  /** 1-based, of the file, or of everything pushed. */
  readonly line: number
  readonly reason: string
  /** As it came, at most 1,000 characters. */
  readonly record: string
}

export interface StreamInfo {
  readonly id: string
  readonly location: string
  /** Absent = records are pushed. */
  readonly file?: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly counts: StreamCounts
  /** Newest version this stream made; absent = none yet. */
  readonly version?: number
  readonly rejectFile?: string
}

/** What a stream tells. `counts` at every change, at most a few times a second. */
export type StreamEvent =
  | {
      readonly kind: 'opened'
      readonly stream: StreamInfo
      readonly columns: readonly { readonly name: string; readonly type: string }[] | null
    }
  | { readonly kind: 'counts'; readonly stream: StreamInfo }
  | { readonly kind: 'flushed'; readonly stream: StreamInfo; readonly rows: number; readonly version: number }
  | { readonly kind: 'refused'; readonly stream: StreamInfo; readonly records: readonly RefusedRecord[] }
  | { readonly kind: 'closed'; readonly stream: StreamInfo }
