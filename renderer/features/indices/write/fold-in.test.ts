import { expect, it } from 'vitest'
import type { IndexEntry, IndicesOptimized } from '#shared/model/index-entry.ts'
import { compactionSentence, foldedSentence, outsideOf } from './fold-in.ts'

const index = (name: string, unindexedRows: number | null): IndexEntry => ({
  name,
  type: 'BTREE',
  kind: 'scalar',
  columns: ['id'],
  segments: [],
  indexedRows: 10,
  unindexedRows,
  bytes: 1,
  parameters: {},
  usedFor: [],
})

it('lists indices that miss rows, the worst first; unknown is not missing', () => {
  const list = [index('a', 0), index('b', 5), index('c', null), index('d', 9)]
  expect(outsideOf(list).map(({ name }) => name)).toEqual(['d', 'b'])
})

it('says what is compacted besides', () => {
  const nothing = {
    tasks: [],
    fragmentsRemoved: 0,
    fragmentsAddedAtLeast: 0,
    filesReplaced: 0,
    bytesReadAtMost: 0,
    blocked: [],
  }
  expect(compactionSentence(nothing)).toContain('nothing to compact now')
  const tasks = [{ fragments: [0, 1], rows: 600, bytes: 9, fragmentsAdded: 1 }]
  expect(compactionSentence({ ...nothing, tasks, fragmentsRemoved: 2, fragmentsAddedAtLeast: 1 })).toBe(
    'LanceDB compacts small fragments first: 600 rows in 2 fragments would be rewritten into at least 1.',
  )
})

it('says what came of it', () => {
  const one = (name: string, unindexedBefore: number | null, unindexedAfter: number | null) => ({
    name,
    unindexedBefore,
    unindexedAfter,
    segmentsBefore: 1,
    segmentsAfter: 1,
  })
  const of = (...indices: IndicesOptimized['indices']) => foldedSentence({ indices })
  expect(of(one('a', 0, 0), one('b', null, null))).toBe('Every row was in the indices already')
  expect(of(one('a', 500, 0), one('b', 0, 0))).toBe('500 rows folded into a')
  expect(of(one('a', 500, 0), one('b', 300, 0))).toBe('Up to 500 rows folded into 2 indices')
})
