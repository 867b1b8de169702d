import { describe, expect, it } from 'vitest'
import type { QueueBucket } from '#shared/model/queue.ts'
import { beginLog, countsBefore, growLog, partsOf, segmentAt, type TopicLog } from './log.ts'

const bucket = (number: number, rows: number | null, version = 1): QueueBucket => ({
  name: `bucket_${number}`,
  number,
  location: `/q/bucket_${number}/data.lance`,
  rows,
  version: rows === null ? null : version,
  lastCommitAt: null,
})
/** Every row as `bucket:row`. */
const rowsOf = (log: TopicLog): readonly string[] =>
  partsOf(log, 0, log.rows).flatMap(({ segment, offset, limit }) =>
    Array.from({ length: limit }, (_, at) => `${segment.bucket}:${offset + at}`),
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
    expect(third.segments.map(({ version }) => version)).toEqual([1, 1, 2, 2, 1])
  })
  it('is the same object when nothing has landed', () => {
    const log = beginLog([bucket(0, 2)], {})
    expect(growLog(log, [bucket(0, 2, 9), bucket(1, null), bucket(2, 0)])).toBe(log)
  })
  it('cannot go on when a bucket shrank', () => {
    expect(growLog(beginLog([bucket(0, 2)], {}), [bucket(0, 1, 2)])).toBeNull()
  })
})

describe('partsOf', () => {
  const log = growLog(beginLog([bucket(0, 4), bucket(1, 3)], {}), [bucket(0, 6, 2), bucket(1, 3)])!
  it.each([
    [0, 4, ['0:0-4']],
    [3, 3, ['0:3-4', '1:0-2']],
    [5, 100, ['1:1-3', '0:4-6']],
    [9, 10, []],
    [50, 10, []],
    [2, 0, []],
  ])('finds rows %i, %i more', (offset, limit, wanted) => {
    const parts = partsOf(log, offset, limit)
    expect(parts.map((part) => `${part.segment.bucket}:${part.offset}-${part.offset + part.limit}`)).toEqual(wanted)
  })
  it('names the segment of a row', () => {
    expect([0, 3, 4, 6, 7, 8].map((row) => segmentAt(log, row)?.bucket)).toEqual([0, 0, 1, 1, 0, 0])
    expect(segmentAt(log, 9)).toBeUndefined()
    expect(segmentAt(log, -1)).toBeUndefined()
    expect(segmentAt(beginLog([], {}), 0)).toBeUndefined()
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
