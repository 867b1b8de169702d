import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextQuery } from '#shared/model/search.ts'
import { lancedb } from '../lance/tables.fixture.ts'
import { makeSearchBench, vectorOf, type SearchBench } from './search.fixture.ts'

let bench: SearchBench
let dataset: string
let location: string

const TEXTS = [
  ['Running with foxes', 'The quick brown fox keeps running through the wood'],
  ['Sleeping dogs', 'A lazy dog sleeps while the fox runs'],
  ['Brown bread', 'Bread is brown and quick to bake'],
  ['Nothing here', 'An empty page about nothing'],
] as const

beforeAll(async () => {
  bench = await makeSearchBench()
  const rows = TEXTS.map(([title, body], id) => ({ id, title, body, note: `plain ${id}`, vector: vectorOf(id) }))
  const table = await bench.create('texts', rows)
  await table.createIndex('title', { config: lancedb.Index.fts() })
  await table.createIndex('body', { config: lancedb.Index.fts({ withPosition: true }) })
  table.close()
  location = bench.folder.locate('texts')
  dataset = await bench.open('texts')
})
afterAll(() => bench.remove())

const find = async (text: string | TextQuery, more: object = {}) => {
  const { hits } = await bench.search({ dataset, text, k: 10, ...more })
  return hits.map(({ rowId }) => Number(rowId)).toSorted()
}

describe('full-text search', () => {
  it('looks into every indexed column, with the words of the index', async () => {
    expect(await find('fox')).toEqual([0, 1])
    expect(await find('RUNS')).toEqual([0, 1])
    expect(await find('sleep', { textColumns: ['title'] })).toEqual([1])
    const { hits, textColumns } = await bench.search({ dataset, text: 'fox', k: 10 })
    expect(textColumns).toEqual(['title', 'body'])
    expect(hits.every(({ score, distance }) => score! > 0 && distance === undefined)).toBe(true)
  })

  it.each<readonly [string, TextQuery, readonly number[]]>([
    ['all words', { kind: 'match', terms: 'quick fox', column: 'body', operator: 'and' }, [0]],
    ['any word', { kind: 'match', terms: 'quick fox', column: 'body' }, [0, 1, 2]],
    ['a misspelt word', { kind: 'match', terms: 'bred', column: 'body', fuzziness: 1 }, [2]],
    ['a phrase', { kind: 'phrase', terms: 'brown fox', column: 'body' }, [0]],
    ['a phrase with gaps', { kind: 'phrase', terms: 'quick fox', column: 'body', slop: 1 }, [0]],
    ['several columns', { kind: 'multi-match', terms: 'brown', columns: [{ column: 'title', boost: 3 }, { column: 'body' }] }, [0, 2]],
    ['parts that must and must not', { kind: 'boolean', must: [{ kind: 'match', terms: 'brown', column: 'body' }], mustNot: [{ kind: 'match', terms: 'fox', column: 'body' }] }, [2]],
    ['a part that counts against', { kind: 'boost', positive: { kind: 'match', terms: 'brown', column: 'body' }, negative: { kind: 'match', terms: 'fox', column: 'body' }, negativeBoost: 0.1 }, [0, 2]],
  ])('finds %s', async (_what, query, wanted) => {
    expect(await find(query)).toEqual(wanted)
  }) // prettier-ignore

  it('reads every row of a column without an index, and says so', async () => {
    const result = await bench.search({ dataset, text: 'plain', textColumns: ['note'], k: 10 })
    expect(result.hits.length).toBe(4)
    expect(result.answeredBy).toMatchObject({ bruteForced: true, indices: [] })
    expect(result.warnings).toMatchObject([{ code: 'no-text-index', column: 'note' }])
  })

  it('says when the index leaves out every word', async () => {
    const result = await bench.search({ dataset, text: 'the and of', k: 10 })
    expect(result.hits).toEqual([])
    expect(result.warnings).toMatchObject([{ code: 'only-stop-words' }])
    const rare = await bench.search({ dataset, text: 'the zebra', k: 10 })
    expect([rare.hits, rare.warnings]).toEqual([[], []])
    // Asked of each column: one word that is kept is enough.
    const should: TextQuery[] = [
      { kind: 'match', terms: 'the', column: 'title' },
      { kind: 'match', terms: 'zebra', column: 'body' },
    ]
    expect((await bench.search({ dataset, text: { kind: 'boolean', should }, k: 10 })).warnings).toEqual([])
  })

  it('ranks a plain text over several columns as LanceDB does', async () => {
    const { hits } = await bench.search({ dataset, text: 'brown fox', k: 10 })
    const table = await (await lancedb.connect(bench.folder.path)).openTable('texts')
    const wanted = await table.search('brown fox', 'fts', ['title', 'body']).withRowId().toArray()
    const scores = (pairs: readonly (readonly [string, number | undefined])[]) =>
      Object.fromEntries(pairs.map(([id, score]) => [id, score?.toFixed(4)]))
    expect(hits.length).toBeGreaterThan(1)
    expect(scores(hits.map(({ rowId, score }) => [rowId, score]))).toEqual(
      scores((wanted as { _rowid: bigint; _score: number }[]).map((row) => [String(row._rowid), row._score])),
    )
    // Fuzziness has no such form: every column is asked for itself.
    expect(await find({ kind: 'match', terms: 'bred', fuzziness: 1 })).toEqual([2])
  })

  it('filters first, whatever is asked', async () => {
    const params = { postfilter: true }
    const result = await bench.search({ dataset, text: 'brown', k: 10, filter: 'id = 2', params })
    expect(result.hits.map(({ rowId }) => rowId)).toEqual(['2'])
    expect(result.warnings).toMatchObject([
      { code: 'parameter-ignored', parameter: 'postfilter', message: expect.stringMatching(/always filters first/) as string }, // prettier-ignore
    ])
  })

  it('says that fast search reads no column without an index', async () => {
    const result = await bench.search({ dataset, text: 'plain', textColumns: ['note'], k: 10, params: { fast: true } })
    expect(result.hits).toEqual([])
    expect(result.answeredBy).toMatchObject({ bruteForced: false, unindexedRows: TEXTS.length })
    expect(result.warnings).toMatchObject([{ code: 'unindexed-rows-skipped', column: 'note', rows: TEXTS.length }])
  })

  it.each<readonly [string, string | TextQuery, object, string, RegExp]>([
    ['a phrase without positions', { kind: 'phrase', terms: 'with foxes', column: 'title' }, {}, 'invalid-text-query', /keeps no positions/],
    ['only exclusions', { kind: 'boolean', mustNot: [{ kind: 'match', terms: 'fox' }] }, {}, 'invalid-text-query', /only excludes/],
    ['a column of numbers', 'fox', { textColumns: ['id'] }, 'invalid-text-query', /holds no text/],
    ['a column that is not there', 'fox', { textColumns: ['nope'] }, 'unknown-column', /nope/],
    ['no words', '  ', {}, 'invalid-text-query', /no words/],
    ['no words in any part', { kind: 'boolean', should: [{ kind: 'match', terms: '' }] }, {}, 'invalid-text-query', /no words/],
    ['endless nesting', nested(20), {}, 'invalid-text-query', /nested/],
  ])('refuses %s', async (_what, text, more, code, message) => {
    await expect(bench.search({ dataset, text, k: 5, ...more })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  }) // prettier-ignore
})

describe('hybrid search', () => {
  it('ranks as LanceDB does, and shows what each list said', async () => {
    const { hits, answeredBy } = await bench.search({
      dataset,
      text: 'fox',
      textColumns: ['body'],
      vector: vectorOf(2),
      k: 4,
    })
    const table = await (await lancedb.connect(bench.folder.path)).openTable('texts')
    const wanted = await table
      .query()
      .nearestTo(vectorOf(2))
      .fullTextSearch('fox', { columns: ['body'] })
      .withRowId()
      .limit(4)
      .toArray()
    expect(location).toContain('texts')
    expect(hits.map(({ relevance }) => relevance!.toFixed(5))).toEqual(
      wanted.map((row) => (row as { _relevance_score: number })._relevance_score.toFixed(5)),
    )
    expect(hits[0]).toMatchObject({ rank: 1, query: 0 })
    expect(hits.find(({ rowId }) => rowId === '2')).toMatchObject({ vectorRank: 1, distance: 0 })
    expect(hits.find(({ rowId }) => rowId === '3')).not.toHaveProperty('textRank')
    expect(answeredBy.indices.map(({ role }) => role)).toEqual(['text'])
  })

  it('filters the vector list after the search when asked', async () => {
    const ask = (postfilter: boolean) =>
      bench.search({
        dataset,
        text: 'fox',
        textColumns: ['body'],
        vector: vectorOf(2),
        k: 1,
        filter: 'id < 2',
        params: { postfilter },
      })
    const before = await ask(false)
    expect(before.warnings).toEqual([])
    const after = await ask(true)
    // Row 2 is the nearest and fails the filter; the text list finds a row all the same.
    expect(after.hits.map(({ vectorRank, textRank }) => [vectorRank, textRank])).toEqual([[undefined, 1]])
    expect(after.warnings).toMatchObject([{ code: 'few-results', rows: 0 }])
  })

  it('weighs the lists', async () => {
    const search = (vectorWeight: number, textWeight: number) =>
      bench.search({
        dataset,
        text: 'bread',
        textColumns: ['body'],
        vector: vectorOf(3),
        k: 4,
        params: { vectorWeight, textWeight },
      })
    expect((await search(1, 0)).hits[0]?.rowId).toBe('3')
    expect((await search(0, 1)).hits[0]?.rowId).toBe('2')
  })
})

function nested(depth: number): TextQuery {
  const inner: TextQuery = { kind: 'match', terms: 'fox', column: 'body' }
  return depth === 0 ? inner : { kind: 'boolean', must: [nested(depth - 1)] }
}
