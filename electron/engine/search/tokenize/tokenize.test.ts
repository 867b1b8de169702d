import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextQuery } from '#shared/model/search.ts'
import { lancedb } from '../../lance/tables.fixture.ts'
import { highlightCells } from '../highlight/highlight.ts'
import { makeSearchBench, type SearchBench } from '../search.fixture.ts'
import { tokenizeText } from './tokenize.ts'

let bench: SearchBench
let dataset: string

const BODY = 'The quick brown fox, running through the Wood – naïve 😀 foxes ran'
const ROWS = [
  { id: 0, body: BODY, note: 'Running words', grams: 'Hello world', spaced: 'a B,c', icu: '今天天气 good', raw: 'One Two' },
  { id: 1, body: 'a lazy dog', note: 'running words', grams: 'yellow', spaced: 'b,c', icu: '天气', raw: 'one two' },
] // prettier-ignore

beforeAll(async () => {
  bench = await makeSearchBench()
  const table = await bench.create('words', ROWS)
  const { fts } = lancedb.Index
  await table.createIndex('body', { config: fts({ withPosition: true }), name: 'body_idx' })
  await table.createIndex('grams', { config: fts({ baseTokenizer: 'ngram', ngramMinLength: 3, ngramMaxLength: 4 }) })
  await table.createIndex('spaced', {
    config: fts({ baseTokenizer: 'whitespace', stem: false, removeStopWords: false }),
  })
  await table.createIndex('icu', { config: fts({ baseTokenizer: 'icu' as never, removeStopWords: false }) })
  await table.createIndex('raw', { config: fts({ baseTokenizer: 'raw', stem: false }) })
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'id_idx' })
  table.close()
  dataset = await bench.open('words')
})
afterAll(() => bench.remove())

const tokenize = (input: { text: string; column?: string; index?: string }) =>
  tokenizeText(bench.context, { dataset, ...input })

describe('search.tokenize', () => {
  it('gives tokens with their places, and the words left out', async () => {
    const { tokens, dropped, index, tokenizer } = await tokenize({ text: BODY, column: 'body' })
    expect(tokens.map(({ text, position, start, end }) => [text, position, BODY.slice(start, end)])).toEqual([
      ['quick', 1, 'quick'],
      ['brown', 2, 'brown'],
      ['fox', 3, 'fox'],
      ['run', 4, 'running'],
      ['wood', 7, 'Wood'],
      ['naiv', 8, 'naïve'],
      ['fox', 9, 'foxes'],
      ['ran', 10, 'ran'],
    ])
    expect(dropped.map(({ text, start, end }) => [text, BODY.slice(start, end)])).toEqual(
      ['The', 'through', 'the'].map((word) => [word, word]),
    )
    expect(index).toBe('body_idx')
    expect(tokenizer).toMatchObject({ baseTokenizer: 'simple', stem: true, language: 'English', withPosition: true })
  })

  it('drops words too long, and takes none of the words for its own', async () => {
    const long = 'x'.repeat(60)
    const { tokens, dropped } = await tokenize({ text: `${long} qzxjvk fox`, index: 'body_idx' })
    expect(tokens.map(({ text }) => text)).toEqual(['qzxjvk', 'fox'])
    expect(dropped.map(({ text }) => text)).toEqual([long])
    expect((await tokenize({ text: ' \n', column: 'body' })).tokens).toEqual([])
  })

  it.each<readonly [string, string, readonly (readonly [string, string])[]]>([
    ['grams', 'Hello', [['hel', 'Hel'], ['hell', 'Hell'], ['ell', 'ell'], ['ello', 'ello'], ['llo', 'llo']]],
    ['spaced', 'a B,c', [['a', 'a'], ['b,c', 'B,c']]],
    ['icu', '今天天气 Good', [['今天', '今天'], ['天气', '天气'], ['good', 'Good']]],
    ['raw', 'One Two', [['one two', 'One Two']]],
    ['note', 'The Running', [['The', 'The'], ['Running', 'Running']]],
  ])('knows the words of %s', async (column, text, wanted) => {
    const { tokens } = await tokenize({ text, column })
    expect(tokens.map((token) => [token.text, text.slice(token.start, token.end)])).toEqual(wanted)
  }) // prettier-ignore

  it('refuses indices and columns that are not there', async () => {
    const refused = (input: object, error: object) =>
      expect(tokenize({ text: 'a', ...input })).rejects.toMatchObject(error)
    await refused({ index: 'body_id' }, { code: 'index-not-found', hint: expect.stringContaining('body_idx') as string })
    await refused({ index: 'id_idx' }, { code: 'index-not-found', message: expect.stringContaining('not a full') as string })
    await refused({ index: 'body_idx', column: 'note' }, { code: 'index-not-found' })
    await refused({ column: 'nope' }, { code: 'unknown-column' })
  }) // prettier-ignore
})

describe('search.highlight', () => {
  const highlight = async (text: string | TextQuery, columns: string[] = ['body'], rowIds = ['0', '1']) => {
    const { cells } = await highlightCells(
      bench.context,
      { dataset, text, columns, rowIds },
      new AbortController().signal,
    )
    return cells.flatMap(({ rowId, column, ranges }) => {
      const cell = String(ROWS[Number(rowId)]?.[column as 'body'])
      return ranges.map(([start, end]) => cell.slice(start, end))
    })
  }

  it('finds forms of words, in the columns asked for', async () => {
    expect(await highlight('RUNS the fox')).toEqual(['fox', 'running', 'foxes'])
    expect(await highlight('dog')).toEqual(['dog'])
    expect(await highlight('Running', ['note', 'body'])).toEqual(['Running', 'running'])
    expect(await highlight('hell', ['grams'])).toEqual(['Hell', 'ell'])
    expect(await highlight('天气', ['icu'])).toEqual(['天气', '天气'])
    expect(await highlight('fox', ['body', 'id'], ['77'])).toEqual([])
  })

  it.each<readonly [string, TextQuery, readonly string[]]>([
    ['whole phrases', { kind: 'phrase', terms: 'brown foxes' }, ['brown fox']],
    ['phrases with gaps', { kind: 'phrase', terms: 'quick running', slop: 2 }, ['quick brown fox, running']],
    ['near words', { kind: 'match', terms: 'wod', fuzziness: 1 }, ['Wood']],
    ['all words or none', { kind: 'match', terms: 'dog fox', operator: 'and' }, []],
    ['parts that must or should', { kind: 'boolean', must: [{ kind: 'match', terms: 'quick' }], should: [{ kind: 'match', terms: 'dog' }], mustNot: [{ kind: 'match', terms: 'fox' }] }, ['quick', 'dog']],
    ['the part that counts', { kind: 'boost', positive: { kind: 'match', terms: 'brown' }, negative: { kind: 'match', terms: 'fox' } }, ['brown']],
    ['only parts of the column', { kind: 'multi-match', terms: 'fox', columns: [{ column: 'note' }] }, []],
  ])('finds %s', async (_what, query, wanted) => expect(await highlight(query)).toEqual(wanted)) // prettier-ignore

  it('refuses endless nesting', async () => {
    const nest = (depth: number): TextQuery =>
      depth === 0 ? { kind: 'match', terms: 'a' } : { kind: 'boolean', must: [nest(depth - 1)] }
    await expect(highlight(nest(20))).rejects.toMatchObject({ code: 'invalid-text-query' })
  })
})
