/** A folder of topics, each with buckets `bucket_N/data.lance`: how queues keep records in Lance. */
export interface Queue {
  /** Absolute, links resolved. */
  readonly location: string
  readonly topics: readonly QueueTopic[]
  /** True when there are more topics or buckets than are listed. */
  readonly truncated: boolean
}

export interface QueueTopic {
  readonly name: string
  readonly path: string
  /** By their number. */
  readonly buckets: readonly QueueBucket[]
}

export interface QueueBucket {
  readonly name: string
  /** N of `bucket_N`. */
  readonly number: number
  /** Of its dataset. */
  readonly location: string
  /** Null when it cannot be read; `problem` says why. */
  readonly rows: number | null
  readonly version: number | null
  /** RFC 3339; of the newest commit. */
  readonly lastCommitAt: string | null
  readonly problem?: string
}
