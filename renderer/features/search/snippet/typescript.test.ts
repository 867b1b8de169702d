import { describe, expect, it } from 'vitest'
import type { SearchCode } from './source.ts'
import { toTypeScript } from './typescript.ts'

const base = { location: '/data/books.lance', at: { version: 4 }, vectorColumn: 'vector', textColumns: ['body'] }
const code = (query: SearchCode['query'], more: Partial<SearchCode> = {}): string =>
  toTypeScript({ ...base, query, ...more })

describe('the search as TypeScript', () => {
  it('searches like a row, with its settings', () => {
    const params = { metric: 'cosine', nprobes: { min: 2, max: 8 }, refine: 5, exact: true } as const
    expect(code({ vector: { rowId: '7' }, k: 5, params, filter: "kind = 'a'" }))
      .toBe(`import * as lancedb from '@lancedb/lancedb'

const db = await lancedb.connect("/data")
const table = await db.openTable("books")
await table.checkout(4)
const [start] = await table.takeRowIds([7n]).select(["vector"]).toArray()
const vectors = [Array.from(start["vector"])]
const rows = await table
  .query()
  .nearestTo(vectors[0])
  .column("vector")
  .distanceType('cosine')
  .minimumNprobes(2)
  .maximumNprobes(8)
  .refineFactor(5)
  .bypassVectorIndex()
  .where("kind = 'a'")
  .limit(5)
  .toArray()
`)
  })

  it('searches for words, phrases and parts of queries', () => {
    expect(code({ text: 'quick fox', k: 3 })).toContain('.fullTextSearch(new lancedb.MatchQuery("quick fox", "body"))')
    expect(code({ text: 'fox', k: 3 }, { textColumns: ['title', 'body'] })).toContain(
      'new lancedb.BooleanQuery([[lancedb.Occur.Should, new lancedb.MatchQuery("fox", "title")], [lancedb.Occur.Should, new lancedb.MatchQuery("fox", "body")]])',
    )
    expect(code({ text: { kind: 'phrase', terms: 'a b', slop: 1 }, k: 3 })).toContain(
      'new lancedb.PhraseQuery("a b", "body", { slop: 1 })',
    )
  })

  it('joins both, says what LanceDB has no word for, and takes branches', () => {
    const hybrid = code(
      { vector: [1, 2], text: 'fox', k: 3, params: { rrfK: 10, textWeight: 2 } },
      { at: { branch: 'dev' } },
    )
    expect(hybrid).toContain('RRFReranker.create(10)')
    expect(hybrid).toContain('no weights')
    expect(hybrid).toContain('const rows = await branch')
    expect(code({ vector: [[1], [2]], k: 3 })).toContain('.addQueryVector(vectors[1])')
  })
})
