import type { QueueBucket } from '#shared/model/queue.ts'

/** Rows [from, to) of a bucket that stand together in a log, read at the version they were there in. */
export interface Segment {
  /** Number of the bucket. */
  readonly bucket: number
  readonly location: string
  readonly version: number
  readonly from: number
  readonly to: number
  /** Position of its first row in the log. */
  readonly start: number
}

/**
 * The records of a topic as one list: what was seen before first, by bucket, then what came since, in the order it
 * landed. Buckets only grow; one that shrank, or was made anew, asks for a new log.
 */
export interface TopicLog {
  readonly segments: readonly Segment[]
  readonly rows: number
  /** Position of the first record nobody has seen yet; `rows` when there is none. */
  readonly firstNew: number
  /** Rows in the log, by bucket. */
  readonly counts: Readonly<Record<number, number>>
}

export const EMPTY_LOG: TopicLog = { segments: [], rows: 0, firstNew: 0, counts: {} }

/** `seen`: rows by bucket that were seen before; null when nobody has looked yet, so that nothing is newer than the rest. */
export function beginLog(buckets: readonly QueueBucket[], seen: Readonly<Record<number, number>> | null): TopicLog {
  if (seen === null) {
    const all = append(EMPTY_LOG, buckets)
    return { ...all, firstNew: all.rows }
  }
  const old = buckets.map((bucket) => ({ ...bucket, rows: Math.min(bucket.rows ?? 0, seen[bucket.number] ?? 0) }))
  const before = append(EMPTY_LOG, old)
  return { ...append(before, buckets), firstNew: before.rows }
}

/** The log with what has landed since; the same object when nothing has, null when a bucket shrank. */
export function growLog(log: TopicLog, buckets: readonly QueueBucket[]): TopicLog | null {
  const hasShrunk = buckets.some(({ number, rows }) => rows !== null && rows < (log.counts[number] ?? 0))
  return hasShrunk ? null : append(log, buckets)
}

function append(log: TopicLog, buckets: readonly QueueBucket[]): TopicLog {
  const segments = [...log.segments]
  const counts = { ...log.counts }
  let { rows } = log
  for (const { number, location, version, rows: to } of buckets) {
    const from = counts[number] ?? 0
    if (to === null || version === null || to <= from) continue
    segments.push({ bucket: number, location, version, from, to, start: rows })
    counts[number] = to
    rows += to - from
  }
  return rows === log.rows ? log : { ...log, segments, counts, rows }
}

/** Rows by bucket that stand before a row of the log. */
export function countsBefore({ segments }: TopicLog, row: number): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { bucket, from, to, start } of segments) if (start < row) counts[bucket] = Math.min(to, from + row - start)
  return counts
}

/** A run of rows to be read from one bucket. */
export interface Part {
  readonly segment: Segment
  readonly offset: number
  readonly limit: number
}

/** Where rows [offset, offset + limit) of a log are, in order. */
export function partsOf({ segments, rows }: TopicLog, offset: number, limit: number): readonly Part[] {
  const end = Math.min(rows, offset + limit)
  const parts: Part[] = []
  for (let at = findSegment(segments, offset); at < segments.length; at++) {
    const segment = segments[at]
    if (segment === undefined || segment.start >= end) break
    const skipped = Math.max(0, offset - segment.start)
    const there = segment.to - segment.from - skipped
    const wanted = Math.min(there, end - segment.start - skipped)
    if (wanted > 0) parts.push({ segment, offset: segment.from + skipped, limit: wanted })
  }
  return parts
}

/** The segment of a row of the log; undefined beyond its end. */
export function segmentAt({ segments, rows }: TopicLog, row: number): Segment | undefined {
  return row < 0 || row >= rows ? undefined : segments[findSegment(segments, row)]
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
