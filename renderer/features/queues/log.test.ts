import { describe, expect, it } from 'vitest'
import type { QueueBucket } from '#shared/model/queue.ts'
import { beginLog, countsBefore, growLog, planReads, positionOf, rowAt, seenAfter, type TopicLog } from './log.ts'

const bucket = (number: number, rows: number | null, version = 1, since = 1): QueueBucket => ({
  name: `bucket_${number}`,
  number,
  location: `/q/bucket_${number}/data.lance`,
  rows,
  version: rows === null ? null : version,
  since: rows === null ? null : since,
  schema: rows === null ? null : 0,
  lastCommitAt: null,
})
/** Every row as `bucket:row`, read by pages of a size. */
const rowsOf = (log: TopicLog, size = log.rows): readonly string[] =>
  Array.from({ length: Math.ceil(log.rows / Math.max(1, size)) }, (_, page) =>
    planReads(log, page * size, size),
  ).flatMap(({ reads, spans }) =>
    spans.flatMap(({ read, offset, rows }) =>
      Array.from({ length: rows }, (_, at) => `${reads[read]!.bucket}:${reads[read]!.offset + offset + at}`),
    ),
  )

describe('a log', () => {
  it('has what was seen before first, then what came since, by bucket', () => {
    const log = beginLog([bucket(0, 3), bucket(1, 2), bucket(2, null)], { 0: 1, 1: 2 })
    expect(rowsOf(log)).toEqual(['0:0', '1:0', '1:1', '0:1', '0:2'])
    expect(log.firstNew).toBe(3)
  })
  it('has nothing new when nobody has looked before', () => {
    expect(beginLog([bucket(0, 3), bucket(1, 2)], null)).toMatchObject({ rows: 5, firstNew: 5 })
  })
  it('takes more rows seen than there are for all that are there', () => {
    expect(beginLog([bucket(0, 2)], { 0: 99 })).toMatchObject({ rows: 2, firstNew: 2 })
  })
  it('grows in the order records land, and keeps its rows where they are', () => {
    const first = beginLog([bucket(0, 2), bucket(1, 1)], {})
    const second = growLog(first, [bucket(0, 2), bucket(1, 2, 2)])!
    const third = growLog(second, [bucket(0, 3, 2), bucket(1, 2, 2), bucket(7, 1)])!
    expect(rowsOf(third)).toEqual(['0:0', '0:1', '1:0', '1:1', '0:2', '7:0'])
    expect(third.firstNew).toBe(0)
  })
  it('keeps what trickles into one bucket as one stretch', () => {
    let log = beginLog([bucket(0, 1)], null)
    for (let rows = 2; rows <= 500; rows++) log = growLog(log, [bucket(0, rows, rows)])!
    expect(log.segments).toEqual([{ bucket: 0, from: 0, to: 500, start: 0 }])
  })
  it('is the same object when nothing has landed', () => {
    const log = beginLog([bucket(0, 2), bucket(2, 0)], {})
    expect(growLog(log, [bucket(0, 2, 9), bucket(1, null), bucket(2, 0)])).toBe(log)
  })
  it.each([
    ['a bucket shrank', [bucket(0, 1, 2), bucket(1, 2)]],
    ['rows were deleted while more came', [bucket(0, 5, 3, 3), bucket(1, 2)]],
    ['a bucket went', [bucket(1, 2)]],
  ])('cannot go on when %s', (_, buckets) => {
    expect(growLog(beginLog([bucket(0, 2), bucket(1, 2)], {}), buckets)).toBeNull()
  })
  it('waits for a bucket that cannot be read just now', () => {
    const log = beginLog([bucket(0, 2)], {})
    expect(growLog(log, [bucket(0, null)])).toBe(log)
  })
  it('has seen nothing of a bucket that was made anew', () => {
    const log = beginLog([bucket(0, 3, 7, 4), bucket(1, 2)], null)
    expect(seenAfter(log, [bucket(0, 3, 1, 1), bucket(1, 1, 2, 2)])).toEqual({ 1: 2 })
  })
})

describe('planReads', () => {
  const log = growLog(beginLog([bucket(0, 4), bucket(1, 3)], {}), [bucket(0, 6, 2), bucket(1, 3)])!
  it.each([
    [0, 4, [[0, 0, 4]], [[0, 4, 0, 0]]],
    [
      3,
      3,
      [
        [0, 3, 1],
        [1, 0, 2],
      ],
      [
        [0, 1, 0, 0],
        [1, 2, 1, 0],
      ],
    ],
    [
      0,
      100,
      [
        [0, 0, 6],
        [1, 0, 3],
      ],
      [
        [0, 4, 0, 0],
        [4, 3, 1, 0],
        [7, 2, 0, 4],
      ],
    ],
    [9, 10, [], []],
    [50, 10, [], []],
    [2, 0, [], []],
  ])('rows %i, %i more: every bucket is read once', (offset, limit, reads, spans) => {
    const plan = planReads(log, offset, limit)
    expect(plan.reads.map((read) => [read.bucket, read.offset, read.limit])).toEqual(reads)
    expect(plan.spans.map((span) => [span.start, span.rows, span.read, span.offset])).toEqual(spans)
  })
  it('finds every row once, whatever the size of a page', () => {
    let grown: TopicLog = beginLog([bucket(0, 3), bucket(1, 0), bucket(2, 5)], { 2: 2 })
    for (let step = 1; step < 40; step++) {
      grown =
        growLog(grown, [
          bucket(0, 3 + step, step),
          bucket(1, Math.floor(step / 3), step),
          bucket(2, 5 + (step % 2) + step, step),
        ]) ?? grown
    }
    const all = rowsOf(grown)
    expect(new Set(all).size).toBe(grown.rows)
    for (const size of [1, 7, 20]) expect(rowsOf(grown, size)).toEqual(all)
  })
})

describe('a row of the log', () => {
  const log = growLog(beginLog([bucket(0, 4), bucket(1, 3)], {}), [bucket(0, 6, 2), bucket(1, 3)])!
  it('is a row of a bucket, and found again by it', () => {
    expect([0, 3, 4, 6, 7, 8].map((row) => rowAt(log, row))).toEqual([
      { bucket: 0, row: 0 },
      { bucket: 0, row: 3 },
      { bucket: 1, row: 0 },
      { bucket: 1, row: 2 },
      { bucket: 0, row: 4 },
      { bucket: 0, row: 5 },
    ])
    for (let row = 0; row < log.rows; row++) {
      const place = rowAt(log, row)!
      expect(positionOf(log, place.bucket, place.row)).toBe(row)
    }
  })
  it('is none beyond the ends', () => {
    expect([9, -1].map((row) => rowAt(log, row))).toEqual([undefined, undefined])
    expect(rowAt(beginLog([], {}), 0)).toBeUndefined()
    expect(positionOf(log, 0, 6)).toBeUndefined()
    expect(positionOf(log, 5, 0)).toBeUndefined()
  })
})

describe('countsBefore', () => {
  const log = growLog(beginLog([bucket(0, 4), bucket(1, 3)], {}), [bucket(0, 6, 2), bucket(1, 3)])!
  it.each([
    [0, {}],
    [2, { 0: 2 }],
    [5, { 0: 4, 1: 1 }],
    [8, { 0: 5, 1: 3 }],
    [99, { 0: 6, 1: 3 }],
  ])('row %i', (row, wanted) => expect(countsBefore(log, row)).toEqual(wanted))
})
