import type { QueueBucket, QueueTopic } from '#shared/model/queue.ts'
import type { SeenRows } from './place.ts'

/** Rows [from, to) of a bucket that stand together in a log. */
export interface Segment {
  /** Number of the bucket. */
  readonly bucket: number
  readonly from: number
  readonly to: number
  /** Position of its first row in the log. */
  readonly start: number
}

/**
 * The records of a topic as one list: what was seen before first, by bucket, then what came since, in the order it
 * landed. It only grows; where records of before are gone or stand elsewhere, a new log begins.
 */
export interface TopicLog {
  readonly segments: readonly Segment[]
  readonly rows: number
  /** Position of the first record nobody has seen yet; `rows` when there is none. */
  readonly firstNew: number
  /** Rows in the log, by bucket. */
  readonly counts: SeenRows
  /** {@link QueueBucket.since} of the buckets that were read, by bucket. */
  readonly since: Readonly<Record<number, number>>
}

export const EMPTY_LOG: TopicLog = { segments: [], rows: 0, firstNew: 0, counts: {}, since: {} }

type Buckets = QueueTopic['buckets']

/** `seen`: rows by bucket that were seen before; null when nobody has looked yet, so that nothing is newer than the rest. */
export function beginLog(buckets: Buckets, seen: SeenRows | null): TopicLog {
  if (seen === null) {
    const all = append(EMPTY_LOG, buckets)
    return { ...all, firstNew: all.rows }
  }
  const old = buckets.map((bucket) => ({ ...bucket, rows: Math.min(bucket.rows ?? 0, seen[bucket.number] ?? 0) }))
  const before = append(EMPTY_LOG, old)
  return { ...append(before, buckets), firstNew: before.rows }
}

/** The log with what has landed since; the same object when nothing has, null when it does not hold any more. */
export function growLog(log: TopicLog, buckets: Buckets): TopicLog | null {
  const there = new Set(buckets.map(({ number }) => number))
  const hasLost = Object.keys(log.counts).some((number) => !there.has(Number(number)))
  return hasLost || buckets.some((bucket) => hasChanged(log, bucket)) ? null : append(log, buckets)
}

/** One that cannot be read just now may be the same again later. */
function hasChanged({ counts, since }: TopicLog, bucket: QueueBucket): boolean {
  if (bucket.rows === null) return false
  const known = since[bucket.number]
  return bucket.rows < (counts[bucket.number] ?? 0) || (known !== undefined && known !== bucket.since)
}

/**
 * What had been seen when a log came to its end: of a bucket with the same records, as many as it had; of one made anew,
 * nothing.
 */
export function seenAfter({ counts, since }: TopicLog, buckets: Buckets): SeenRows {
  const isNew = ({ number, version }: QueueBucket): boolean => version !== null && version < (since[number] ?? 0)
  const anew = new Set(buckets.filter(isNew).map(({ number }) => number))
  return Object.fromEntries(Object.entries(counts).filter(([number]) => !anew.has(Number(number))))
}

function append(log: TopicLog, buckets: Buckets): TopicLog {
  const segments = [...log.segments]
  const counts = { ...log.counts }
  const since = { ...log.since }
  let { rows } = log
  for (const bucket of buckets) {
    const { number, rows: to } = bucket
    const from = counts[number] ?? 0
    if (bucket.since !== null) since[number] = bucket.since
    if (to === null || to <= from) continue
    const last = segments.at(-1)
    // Records that trickle into one bucket are one stretch, not thousands.
    if (last?.bucket === number) segments[segments.length - 1] = { ...last, to }
    else segments.push({ bucket: number, from, to, start: rows })
    counts[number] = to
    rows += to - from
  }
  const isSame = rows === log.rows && Object.keys(since).length === Object.keys(log.since).length
  return isSame ? log : { ...log, segments, counts, since, rows }
}

/** Rows by bucket that stand before a row of the log. */
export function countsBefore({ segments }: TopicLog, row: number): SeenRows {
  const counts: Record<number, number> = {}
  for (const { bucket, from, to, start } of segments) if (start < row) counts[bucket] = Math.min(to, from + row - start)
  return counts
}

/** A run of rows to be read from one bucket. */
export interface Read {
  /** Number of the bucket. */
  readonly bucket: number
  readonly offset: number
  readonly limit: number
}

/** Rows of a page that come, in order, from one read. */
export interface Span {
  /** Position in the page. */
  readonly start: number
  readonly rows: number
  /** Index of the read, and the first row within it. */
  readonly read: number
  readonly offset: number
}

export interface PagePlan {
  readonly reads: readonly Read[]
  readonly spans: readonly Span[]
}

/** What to read for rows [offset, offset + limit) of a log: every bucket once, however its records are interleaved. */
export function planReads({ segments, rows }: TopicLog, offset: number, limit: number): PagePlan {
  const end = Math.min(rows, offset + limit)
  const reads: { bucket: number; offset: number; limit: number }[] = []
  const spans: Span[] = []
  const indexes = new Map<number, number>()
  for (let at = findSegment(segments, offset); at < segments.length; at++) {
    const segment = segments[at]
    if (segment === undefined || segment.start >= end) break
    const skipped = Math.max(0, offset - segment.start)
    const count = Math.min(segment.to - segment.from - skipped, end - segment.start - skipped)
    if (count <= 0) continue
    const index = indexes.get(segment.bucket) ?? reads.length
    const read = reads[index] ?? { bucket: segment.bucket, offset: segment.from + skipped, limit: 0 }
    spans.push({ start: segment.start + skipped - offset, rows: count, read: index, offset: read.limit })
    // Records of one bucket stand in its order, so that these are the ones behind those read already.
    read.limit += count
    reads[index] = read
    indexes.set(segment.bucket, index)
  }
  return { reads, spans }
}

/** Bucket and row within it (0-based) of a row of the log; undefined beyond its end. */
export function rowAt({ segments, rows }: TopicLog, row: number): { bucket: number; row: number } | undefined {
  const segment = row < 0 || row >= rows ? undefined : segments[findSegment(segments, row)]
  return segment === undefined ? undefined : { bucket: segment.bucket, row: segment.from + row - segment.start }
}

/** Where a row of a bucket stands in the log; undefined when it does not. */
export function positionOf({ segments }: TopicLog, bucket: number, row: number): number | undefined {
  const found = segments.find((one) => one.bucket === bucket && row >= one.from && row < one.to)
  return found === undefined ? undefined : found.start + row - found.from
}

/** Index of the last segment that begins at or before a row. */
function findSegment(segments: readonly Segment[], row: number): number {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((segments[middle]?.start ?? 0) <= row) low = middle
    else high = middle - 1
  }
  return low
}
