import { describe, expect, it } from 'vitest'
import type { Judgment } from '#shared/model/relevance.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { firstKey, gradesOf, sharedKeys, timingOf, toRanking, withJudgment } from './ranking.ts'

const row = { rowId: '5', key: 'k5' }

describe('judgments', () => {
  it('are given, turned and taken back', () => {
    const up = withJudgment([], row, '', 1)
    expect(up).toEqual([{ rowId: '5', grade: 1 }])
    const down = withJudgment(up, row, '', 0)
    expect(down).toEqual([{ rowId: '5', grade: 0 }])
    expect(withJudgment(down, row, '', 0)).toEqual([])
  })

  it('belong to the key where there is a key column', () => {
    const given = withJudgment([], row, 'id', 1)
    expect(given).toEqual([{ rowId: '5', key: 'k5', grade: 1 }])
    // The row id changed, as after a compaction.
    expect(withJudgment(given, { rowId: '77', key: 'k5' }, 'id', 0)).toEqual([{ rowId: '77', key: 'k5', grade: 0 }])
  })

  it('without a key cannot be matched by key', () => {
    const judgments: readonly Judgment[] = [
      { rowId: '1', grade: 1 },
      { rowId: '2', key: 'b', grade: 0 },
    ]
    expect([...gradesOf(judgments, 'id')]).toEqual([['b', 0]])
    expect([...gradesOf(judgments, '')]).toEqual([
      ['1', 1],
      ['2', 0],
    ])
  })
})

it('names the rows of a ranking', () => {
  const hits = [
    { rowId: '9', query: 0, rank: 1, distance: 0.25 },
    { rowId: '4', query: 0, rank: 2, relevance: 0.03, distance: 1 },
  ]
  const source = {
    result: { hits } as unknown as SearchResult,
    cell: (index: number, column: string) =>
      column === 'id' && index === 1
        ? ({ kind: 'null' } as const)
        : ({ kind: 'text', text: `${column}\n${index}`, tone: 'plain' } as const),
  }
  expect(toRanking(source, 'title', 'id')).toEqual([
    { rowId: '9', key: 'id 0', title: 'title 0', figure: { kind: 'distance', value: 0.25 } },
    { rowId: '4', key: '4', title: 'title 1', figure: { kind: 'fused', value: 0.03 } },
  ])
})

it('leaves the first of several runs out of the timing', () => {
  expect(timingOf([90])).toEqual({ medianMs: 90, runs: 1, isWarm: false })
  expect(timingOf([90, 3, 1, 2])).toEqual({ medianMs: 2, runs: 3, isWarm: true })
  expect(timingOf([90, 3, 1])).toEqual({ medianMs: 2, runs: 2, isWarm: true })
})

it('begins with a column that is named as a key, and knows when one is none', () => {
  const field = (name: string, kind: SchemaField['kind']): SchemaField => ({
    id: 1,
    name,
    type: '',
    logicalType: '',
    kind,
    nullable: false,
    metadata: {},
    children: [],
  })
  expect(firstKey([field('year', 'integer'), field('doc_id', 'string')])).toBe('doc_id')
  expect(firstKey([field('paid', 'integer'), field('bookId', 'integer')])).toBe('bookId')
  expect(firstKey([field('year', 'integer'), field('id', 'float')])).toBeUndefined()
  expect(sharedKeys([{ key: 'a' }, { key: 'b' }, { key: 'a' }])).toBe(2)
})
