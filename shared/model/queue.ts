import type { SchemaField } from './schema.ts'

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
  /** The columns its buckets have, each set once, in the order of the buckets. More than one where buckets differ. */
  readonly schemas: readonly (readonly SchemaField[])[]
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
  /**
   * Since this version records only came behind those that were there, as far as a watch has seen; null when it cannot be
   * read. Another one than before says that records of before are gone or stand elsewhere.
   */
  readonly since: number | null
  /** Index of its columns in the topic's `schemas`; null when it cannot be read. */
  readonly schema: number | null
  /** RFC 3339; of the newest commit. */
  readonly lastCommitAt: string | null
  readonly problem?: string
}
