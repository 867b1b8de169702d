import { describe, expect, it } from 'vitest'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { columnChoices, defaultName, dimensionOf, nameHint, nameState } from './naming.ts'
import { PARAM_FIELDS, paramsOf, paramsOfEntry, paramsProblem } from './params.ts'

const entry = (change: Partial<IndexEntry>): IndexEntry => ({
  name: 'vector_idx',
  type: 'IVF_PQ',
  kind: 'vector',
  columns: ['vector'],
  segments: [],
  indexedRows: 10,
  unindexedRows: 0,
  bytes: 100,
  parameters: {},
  usedFor: [],
  ...change,
})

describe('settings of an index', () => {
  it('sends only what belongs to the type', () => {
    expect(paramsOf('IVF_FLAT', { metric: 'dot', numSubVectors: 4, numPartitions: undefined })).toEqual({
      metric: 'dot',
    })
    expect(paramsOf('BTREE', { metric: 'dot' })).toEqual({})
    expect(paramsOf('FTS', { stem: true, prefixOnly: true })).toEqual({ stem: true })
    expect(paramsOf('FTS', { baseTokenizer: 'ngram', prefixOnly: true })).toHaveProperty('prefixOnly', true)
  })

  it('says what cannot be', () => {
    expect(paramsProblem('IVF_PQ', { numSubVectors: 3 }, 16)).toBe('3 sub-vectors do not divide the dimension 16.')
    expect(paramsProblem('IVF_PQ', { numSubVectors: 4 }, 16)).toBeUndefined()
    expect(paramsProblem('IVF_FLAT', { numSubVectors: 3 }, 16)).toBeUndefined()
    expect(paramsProblem('FTS', { baseTokenizer: 'ngram', ngramMinLength: 5 })).toContain('longer')
  })

  it('takes the settings of an index that is built again', () => {
    const pq = entry({ metric: 'cosine', parameters: { numBits: 8, numSubVectors: 4, maxLevel: 7 } })
    expect(paramsOfEntry(pq, 12)).toEqual({ metric: 'cosine', numPartitions: 12, numBits: 8, numSubVectors: 4 })
    const fts = entry({
      type: 'FTS',
      tokenizer: { withPosition: true, baseTokenizer: 'jieba', language: 'English', prefixOnly: false },
    })
    expect(paramsOfEntry(fts, undefined)).toEqual({ withPosition: true, language: 'English' })
    expect(paramsOfEntry(entry({ type: 'MemWal' }), undefined)).toEqual({})
  })

  it('explains every setting', () => {
    for (const fields of Object.values(PARAM_FIELDS)) {
      for (const { help, title } of fields) expect([title, help.length > 20]).toEqual([title, true])
    }
  })
})

describe('names', () => {
  it('tells whether a name is free, may be replaced, or belongs to another column', () => {
    expect(defaultName('meta.source')).toBe('meta_source_idx')
    const indices = [entry({})]
    expect(nameState(' ', 'vector', indices).kind).toBe('empty')
    expect(nameState('other', 'vector', indices).kind).toBe('free')
    expect(nameHint(nameState('vector_idx', 'vector', indices))).toContain('IVF_PQ on vector')
    expect(nameHint(nameState('vector_idx', 'text', indices))).toContain('choose another name')
  })
})

describe('columns', () => {
  it('go into structs, and know the dimension of vectors', () => {
    const field = (name: string, change: Partial<SchemaField> = {}): SchemaField => ({
      id: 0,
      name,
      type: 'string',
      logicalType: 'string',
      kind: 'string',
      nullable: true,
      metadata: {},
      children: [],
      ...change,
    })
    const vector = field('item', { kind: 'vector', dimension: 8 })
    const schema = [
      field('id'),
      field('meta', { kind: 'struct', children: [field('source')] }),
      field('parts', { kind: 'list', children: [vector] }),
    ]
    expect(columnChoices(schema).map(({ path }) => path)).toEqual(['id', 'meta.source', 'parts'])
    expect(dimensionOf(schema[2]!)).toBe(8)
    expect(dimensionOf(schema[0]!)).toBeUndefined()
  })
})
