import { describe, expect, it } from 'vitest'
import type { SearchCode } from './source.ts'
import { toSql } from './sql.ts'

const base = { location: "/data/it's.lance", at: { version: 4 }, vectorColumn: 'vector', textColumns: ['body'] }
const code = (query: SearchCode['query'], more: Partial<SearchCode> = {}): string => toSql({ ...base, query, ...more })

describe('the search as SQL for DuckDB', () => {
  it('searches by vector', () => {
    const params = { nprobes: { max: 8 }, refine: 5, metric: 'cosine', distanceRange: { upper: 2 } } as const
    const sql = code({ vector: [1, 2.5], k: 5, params, filter: '`a "b"` = \'x`y\' or c > 1' })
    expect(sql).toContain(`
INSTALL lance;
LOAD lance;

SELECT *
FROM lance_vector_search(
  '/data/it''s.lance',
  'vector',
  [1, 2.5]::FLOAT[2],
  k = 5,
  nprobs = 8,
  refine_factor = 5,
  prefilter = true
)
WHERE ("a ""b""" = 'x\`y' or c > 1) AND _distance < 2
ORDER BY _distance ASC;
`)
    expect(sql).toContain('Left out, having no form there: the distance (cosine)')
    expect(sql).toContain('may no longer be version 4')
  })

  it('searches for words, and for both', () => {
    expect(code({ text: 'a fox', k: 3 })).toContain("'body',\n  'a fox',\n  k = 3\n)\nORDER BY _score DESC;")
    const hybrid = code({ vector: [1], text: 'fox', k: 3, params: { vectorWeight: 3 } })
    expect(hybrid).toContain('FROM lance_hybrid_search(')
    expect(hybrid).toContain('alpha = 0.75')
    expect(hybrid).toContain('ORDER BY _hybrid_score DESC;')
  })

  it.each<readonly [string, SearchCode['query'], Partial<SearchCode>]>([
    ['the vector of a row', { vector: { rowId: '7' }, k: 1 }, {}],
    ['several vectors', { vector: [[1], [2]], k: 1 }, {}],
    ['a phrase', { text: { kind: 'phrase', terms: 'a b' }, k: 1 }, {}],
    ['several columns', { text: 'a', k: 1 }, { textColumns: ['a', 'b'] }],
    ['a branch', { text: 'a', k: 1 }, { at: { branch: 'dev' } }],
  ])('says so where there is no form of %s', (_what, query, more) => {
    for (const line of code(query, more).trim().split('\n')) expect(line).toMatch(/^-- /)
  })
})
