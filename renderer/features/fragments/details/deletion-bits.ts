/** Runs of deleted rows. Row `starts[i]` is the first, `ends[i]` the first that is not. */
export interface DeletedRuns {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** All runs; the arrays may hold fewer. */
  readonly count: number
}

/** Runs of set bits of a deletion bitmap, one bit a row, least significant first; at most `most` are kept. */
export function deletedRuns(bitmap: Uint8Array, rows: number, most: number): DeletedRuns {
  const starts: number[] = []
  const ends: number[] = []
  let count = 0
  let start = -1
  const close = (end: number): void => {
    count += 1
    if (starts.length < most) {
      starts.push(start)
      ends.push(end)
    }
    start = -1
  }
  for (let row = 0; row < rows;) {
    const byte = bitmap[row >> 3] ?? 0
    // Whole bytes that change nothing are most of a bitmap.
    if ((row & 7) === 0 && byte === (start < 0 ? 0 : 255)) {
      row += 8
      continue
    }
    const isDeleted = ((byte >> (row & 7)) & 1) === 1
    if (isDeleted && start < 0) start = row
    else if (!isDeleted && start >= 0) close(row)
    row += 1
  }
  if (start >= 0) close(rows)
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), count }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1
  return ones
})

/** Set bits among the rows `from` up to, but not including, `to`. */
export function countDeleted(bitmap: Uint8Array, from: number, to: number): number {
  let count = 0
  let row = from
  while (row < to) {
    if ((row & 7) === 0 && row + 8 <= to) {
      count += ONES[bitmap[row >> 3] ?? 0] ?? 0
      row += 8
    } else {
      count += ((bitmap[row >> 3] ?? 0) >> (row & 7)) & 1
      row += 1
    }
  }
  return count
}

/** First row of a bucket when `rows` are spread over `buckets`; the first of the next is its end. */
export function bucketStart(bucket: number, buckets: number, rows: number): number {
  return Math.floor((bucket * rows) / buckets)
}

/** Deleted share of each of the buckets the rows are spread over, 0 to 1; a bucket without rows has 0. */
export function deletedShares(bitmap: Uint8Array, rows: number, buckets: number): Float32Array {
  return Float32Array.from({ length: buckets }, (_, bucket) => {
    const from = bucketStart(bucket, buckets, rows)
    const to = bucketStart(bucket + 1, buckets, rows)
    return to === from ? 0 : countDeleted(bitmap, from, to) / (to - from)
  })
}
