import { describe, expect, it } from 'vitest'
import { type Capability, vectorColumnOf } from './capability.ts'
import { canSearch, emptyDraft, toQuery } from './form.ts'
import { idleReason, paramValue, relevantParams, withParam } from './params.ts'
import type { SearchDraft } from './search-draft.ts'
import { columnsOf, textProblem, toKind } from './text-query.ts'

const CAPABILITY: Capability = {
  vectors: [
    { name: 'vec', dimension: 2, isMulti: false, indexTypes: ['IVFPQ'] },
    { name: 'other', dimension: 3, isMulti: false, indexTypes: [] },
  ],
  texts: [
    { name: 'title', isIndexed: false },
    { name: 'body', isIndexed: true },
  ],
}

const draft = (change: Partial<SearchDraft>): SearchDraft => ({ ...emptyDraft(CAPABILITY), ...change })
const made = (change: Partial<SearchDraft>, capability = CAPABILITY) => toQuery(draft(change), capability)

describe('a form as a query', () => {
  it('searches by a row', () => {
    expect(made({ rowId: ' 7 ' })).toEqual({ ok: true, query: { vector: { rowId: '7' }, column: 'vec', k: 20 } })
    expect(made({})).toMatchObject({ ok: false, field: 'vector' })
    expect(made({ rowId: '7a' })).toMatchObject({ ok: false, field: 'vector' })
  })

  it('searches by numbers, one vector or several, of the right length', () => {
    const numbers = (text: string) => made({ source: 'numbers', numbers: text })
    expect(numbers('[1, 2]')).toMatchObject({ ok: true, query: { vector: [1, 2] } })
    expect(numbers('[[1, 2], [3, 4]]')).toMatchObject({
      ok: true,
      query: {
        vector: [
          [1, 2],
          [3, 4],
        ],
      },
    })
    expect(numbers('[1, 2, 3]')).toMatchObject({ ok: false, problem: 'The vector has 3 numbers, “vec” has 2.' })
    expect(numbers('[[1, 2], [3]]')).toMatchObject({ ok: false, problem: 'Vector 2 has 1 numbers, “vec” has 2.' })
    expect(numbers('')).toMatchObject({ ok: false })
  })

  it('takes the vectors of a file before what was pasted', () => {
    const file = { name: 'q.npy', vectors: [[5, 6]] }
    expect(made({ source: 'numbers', numbers: 'nonsense', file })).toMatchObject({ query: { vector: [5, 6] } })
  })

  it('searches by a text that is embedded', () => {
    expect(made({ source: 'text', embedText: 'red shoes' })).toMatchObject({
      query: { vector: { embed: 'red shoes' } },
    })
    expect(made({ source: 'text', embedText: 'a', embedder: 'x' })).toMatchObject({
      query: { vector: { embed: 'a', embedder: 'x' } },
    })
  })

  it('leaves the columns of a text to the engine unless some are chosen or none has an index', () => {
    expect(made({ mode: 'text', text: 'shoes' })).toEqual({ ok: true, query: { text: 'shoes', k: 20 } })
    expect(made({ mode: 'text', text: 'shoes', textColumns: ['title', 'gone'] })).toMatchObject({
      query: { textColumns: ['title'] },
    })
    const bare = { ...CAPABILITY, texts: [{ name: 'title', isIndexed: false }] }
    expect(made({ mode: 'text', text: 'shoes' }, bare)).toMatchObject({ query: { textColumns: ['title'] } })
  })

  it('joins both for a hybrid search and says which half is missing', () => {
    const query = { mode: 'hybrid', rowId: '1', text: 'shoes', filter: ' a > 1 ', k: 5 } as const
    expect(made(query)).toEqual({
      ok: true,
      query: { vector: { rowId: '1' }, column: 'vec', text: 'shoes', k: 5, filter: 'a > 1' },
    })
    expect(made({ ...query, text: '' })).toMatchObject({ ok: false, field: 'text' })
    expect(made({ ...query, rowId: '' })).toMatchObject({ ok: false, field: 'vector' })
  })

  it('refuses what the version has no columns for', () => {
    expect(canSearch('hybrid', { ...CAPABILITY, vectors: [] })).toBe(false)
    expect(emptyDraft({ ...CAPABILITY, vectors: [] }).mode).toBe('text')
    expect(made({ rowId: '1' }, { vectors: [], texts: [] })).toMatchObject({ ok: false })
    expect(made({ rowId: '1', k: 0 })).toMatchObject({ ok: false, field: 'k' })
  })

  it('falls back to the first vector column when the chosen one is not in this version', () => {
    expect(vectorColumnOf(draft({ column: 'gone' }), CAPABILITY)?.name).toBe('vec')
  })
})

describe('parameters', () => {
  it('are set and taken back one by one, nested ones too', () => {
    const set = withParam(withParam({}, 'nprobes.max', 40), 'exact', true)
    expect(set).toEqual({ nprobes: { max: 40 }, exact: true })
    expect(paramValue(set, 'nprobes.max')).toBe(40)
    expect(withParam(withParam(set, 'nprobes.max', undefined), 'exact', false)).toEqual({})
  })

  it('are not sent where they do nothing, and say why', () => {
    const params = { nprobes: { max: 40 }, rrfK: 10, postfilter: true, metric: 'cosine' } as const
    expect(relevantParams(draft({ params }), CAPABILITY)).toEqual({ nprobes: { max: 40 }, metric: 'cosine' })
    expect(relevantParams(draft({ params, column: 'other', filter: 'a' }), CAPABILITY)).toEqual({
      postfilter: true,
      metric: 'cosine',
    })
    expect(relevantParams(draft({ params, mode: 'hybrid' }), CAPABILITY)).toMatchObject({ rrfK: 10 })
    expect(idleReason('nprobes.min', draft({ params: { exact: true } }), CAPABILITY)).toContain('exact')
    expect(idleReason('ef', draft({}), CAPABILITY)).toContain('HNSW')
  })
})

describe('a full-text query that is put together', () => {
  it('keeps its words when it becomes another kind', () => {
    const match = { kind: 'match', terms: 'red shoes' } as const
    expect(toKind(match, 'boolean', [])).toEqual({ kind: 'boolean', must: [match] })
    expect(toKind(toKind(match, 'boost', []), 'phrase', [])).toEqual({ kind: 'phrase', terms: 'red shoes' })
    expect(toKind(match, 'multi-match', ['a'])).toEqual({
      kind: 'multi-match',
      terms: 'red shoes',
      columns: [{ column: 'a' }],
    })
  })

  it('says what is missing', () => {
    expect(textProblem({ kind: 'match', terms: 'a' })).toBeNull()
    expect(textProblem({ kind: 'phrase', terms: ' ' })).toContain('phrase')
    expect(textProblem({ kind: 'boolean', mustNot: [{ kind: 'match', terms: 'a' }] })).toContain('must or should')
    expect(textProblem({ kind: 'multi-match', terms: 'a', columns: [] })).toContain('column')
    const deep = { kind: 'boolean', must: [{ kind: 'match', terms: 'a' }] } as const
    expect(textProblem({ kind: 'boolean', must: [deep] })).toBeNull()
    expect(textProblem({ kind: 'boolean', must: [{ kind: 'boolean', must: [deep] }] })).toContain('deep')
  })

  it('names its columns once', () => {
    const match = { kind: 'match', terms: 'a', column: 'x' } as const
    expect(columnsOf({ kind: 'boolean', must: [match], should: [match, { kind: 'phrase', terms: 'b' }] })).toEqual([
      'x',
    ])
  })
})
