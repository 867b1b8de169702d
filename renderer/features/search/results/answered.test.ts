import { expect, it } from 'vitest'
import { answeredParts } from './answered.ts'

const base = { indices: [], unindexedRows: 0, totalRows: 1000, searchMs: 1, rowsMs: 1, elapsedMs: 2, version: 7 }

it('says how a search was answered', () => {
  const indices = [
    { name: 'price_idx', type: 'BTREE', role: 'filter', segments: 1 },
    { name: 'v_idx', type: 'IVF_PQ', role: 'vector', segments: 2, nprobes: 8 },
  ] as const
  expect(answeredParts(20, { ...base, bruteForced: false, indices, unindexedRows: 50, metric: 'l2' }).slice(1)).toEqual(
    [
      'IVF_PQ v_idx (2 segments, at most 8 partitions each)',
      '50 of 1,000 rows outside the index',
      'filter by BTREE price_idx',
      'l2 distance',
      'version 7',
    ],
  )
  const [, one] = indices
  expect(answeredParts(20, { ...base, bruteForced: false, indices: [{ ...one, segments: 1 }] })).toContain(
    'IVF_PQ v_idx (1 segment, at most 8 partitions)',
  )
  expect(answeredParts(1, { ...base, bruteForced: true })).toContain('1,000 rows compared one by one')
})
