import { describe, expect, it } from 'vitest'
import type { AnsweredBy } from '#shared/model/search.ts'
import { answeredParts, formatMs } from './answered-words.ts'
import { excerptOf } from './excerpt.ts'
import { hitCell, hitColumns } from './hit-columns.ts'

const ANSWER: AnsweredBy = {
  indices: [
    { name: 'vector_idx', type: 'IVF_PQ', role: 'vector', segments: 1, partitions: 256, nprobes: 20 },
    { name: 'price_btree', type: 'BTREE', role: 'filter', segments: 1 },
  ],
  unindexedRows: 5000,
  totalRows: 405_000,
  bruteForced: false,
  searchMs: 9,
  rowsMs: 3,
  elapsedMs: 12.41,
  bytesRead: 1_200_000,
  requests: 14,
  version: 41,
}

describe('how a search was answered', () => {
  it('is told in one sentence', () => {
    expect(answeredParts(ANSWER).join(' · ')).toBe(
      '12.4 ms · IVF_PQ vector_idx (1 segment, ≤20 of 256 partitions) · 5,000 of 405,000 rows in no index · ' +
        'filter by price_btree · 1.2 MB, 14 requests · version 41',
    )
  })

  it('leaves out what is not known and says when no index answered', () => {
    const { bytesRead: _bytes, requests: _requests, ...rest } = ANSWER
    const parts = answeredParts({ ...rest, indices: [], bruteForced: true, metric: 'l2' })
    expect(parts).toEqual(['12.4 ms', 'no index: 405,000 rows searched one by one', 'l2 distance', 'version 41'])
  })

  it('tells times with the digits that matter', () => {
    expect(formatMs(0.84)).toBe('0.8 ms')
    expect(formatMs(412.6)).toBe('413 ms')
    expect(formatMs(2345)).toBe('2.35 s')
  })
})

describe('columns of the hits', () => {
  const ids = (hits: Parameters<typeof hitColumns>[0]) => hitColumns(hits).map(({ title }) => title)
  it('are those the hits have figures for', () => {
    expect(ids([{ rowId: '1', query: 0, rank: 1, distance: 0.5 }])).toEqual(['rank', 'distance'])
    expect(ids([{ rowId: '1', query: 1, rank: 1, score: 2 }])).toEqual(['query', 'rank', 'score'])
    expect(ids([{ rowId: '1', query: 0, rank: 1, relevance: 0.03, vectorRank: 2, distance: 1 }])).toEqual([
      'rank',
      'fused',
      'vector rank',
      'distance',
      'text rank',
    ])
  })

  it('show what is absent as absent', () => {
    const hit = { rowId: '1', query: 0, rank: 1234, distance: 0.123_456_789 }
    expect(hitCell(hit, 'hit:rank', '▲2')).toMatchObject({ text: '1,234', note: '▲2' })
    expect(hitCell(hit, 'hit:distance')).toMatchObject({ text: '0.123457' })
    expect(hitCell(hit, 'hit:score')).toMatchObject({ text: '–' })
  })
})

describe('an excerpt', () => {
  const shown = (text: string, ranges: readonly (readonly [number, number])[]) =>
    excerptOf(text, ranges)
      .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
      .join('')
  it('marks the matches', () => {
    expect(
      shown('red shoes, red hat', [
        [11, 14],
        [0, 3],
      ]),
    ).toBe('[red] shoes, [red] hat')
    expect(
      shown('abc', [
        [0, 2],
        [1, 9],
      ]),
    ).toBe('[ab][c]')
    expect(shown('abc', [[2, 1]])).toBe('abc')
  })

  it('leaves out what is far from them', () => {
    const long = `${'x'.repeat(500)}red${'y'.repeat(500)}`
    expect(shown(long, [[500, 503]])).toBe(`…${'x'.repeat(60)}[red]${'y'.repeat(60)}…`)
  })
})
