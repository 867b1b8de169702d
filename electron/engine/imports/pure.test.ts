import { describe, expect, it } from 'vitest'
import type { EngineContext } from '../context.ts'
import { KnownItems } from './known-items.ts'
import { DigestSet } from './digest-set.ts'
import { recordId } from './file-facts.ts'
import { findNameProblems, planColumns, widen } from './table-columns.ts'
import { writeWayOf } from './write-plan.ts'

const column = (source: string, type: 'int64' | 'float64' | 'string' | 'date') => ({
  source,
  type,
  sourceType: 'text',
  evidence: '',
  nulls: 0,
  examples: [],
  problems: [],
})

describe('planColumns', () => {
  it('takes the columns of all files, each in the type that reads all of its values', () => {
    const plans = planColumns(
      [
        [column('a', 'int64'), column('b', 'date')],
        [column('a', 'float64'), column('c.d', 'string')],
      ],
      [],
    )
    expect(plans).toEqual([
      { source: 'a', type: 'float64' },
      { source: 'b', type: 'date' },
      { source: 'c.d', name: 'c_d', type: 'string' },
    ])
  })
  it('reads what the dataset has as the dataset has it', () => {
    expect(planColumns([[column('a', 'int64')]], [], new Map([['a', 'string']]))[0]?.type).toBe('string')
  })
  it('gives names Lance takes, each once', () => {
    const plans = planColumns(
      [[column('a.b', 'int64'), column('a_b', 'int64'), column('', 'int64'), column('_rowid', 'int64')]],
      [],
    )
    expect(plans.map(({ name, source }) => name ?? source)).toEqual(['a_b', 'a_b_2', 'column_3', 'column_rowid'])
    expect(findNameProblems(plans.map(({ name, source }) => name ?? source))).toEqual([])
    expect(findNameProblems(['a.b', '', 'x', 'x', '_rowid'])).toHaveLength(4)
  })
  it('widens to a text at worst', () => {
    expect(widen('int32', 'int64')).toBe('int64')
    expect(widen('int64', 'float32')).toBe('float64')
    expect(widen('date', 'timestamp')).toBe('timestamp')
    expect(widen('bool', 'int64')).toBe('string')
  })
})

describe('DigestSet', () => {
  it('knows what was added, through growing, the digest of zeros too', () => {
    const set = new DigestSet()
    const count = 200_000
    const words = new Int32Array(count * 4)
    for (let at = 0; at < words.length; at += 4) words.set([at % 7, at, -at, at >> 3], at)
    for (let row = 0; row < count; row++) expect(set.add(words, row * 4)).toBe(true)
    for (let row = 0; row < count; row += 999) expect(set.add(words, row * 4)).toBe(false)
    expect(set.size).toBe(count)
  })
  it('refuses more than it may hold', () => {
    const set = new DigestSet(2)
    for (const one of [1, 2]) set.add(Int32Array.of(one, 0, 0, 0), 0)
    expect(() => set.add(Int32Array.of(3, 0, 0, 0), 0)).toThrow(/at most 2 different rows/)
    expect(set.add(Int32Array.of(2, 0, 0, 0), 0)).toBe(false)
  })
})

describe('recordId', () => {
  it('is a version 5 UUID, the same for the same name', () => {
    expect(recordId('a.md#0')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(recordId('a.md#0')).toBe(recordId('a.md#0'))
    expect(recordId('a.md#0')).not.toBe(recordId('a.md#1'))
  })
})

describe('writeWayOf', () => {
  const rows = { kind: 'tables', reading: {}, badRows: 'stop' } as const
  const spec = { version: 1, sources: {}, rows } as const
  const existing = { kind: 'existing', location: '/a.lance' } as const
  it('appends, merges by key, or replaces files', () => {
    expect(writeWayOf({ ...spec, target: { kind: 'new', location: '/a.lance' } }, new Map())).toEqual({
      kind: 'append',
      replacesAll: false,
    })
    expect(writeWayOf({ ...spec, target: { ...existing, mode: 'upsert', key: ['id'] } }, new Map())).toMatchObject({
      kind: 'merge',
      key: ['id'],
    })
    const sources = new Map([
      ['id', 'uuid'],
      ['path', 'source_path'],
      ['hash', 'content_hash'],
    ])
    expect(writeWayOf({ ...spec, target: { ...existing, mode: 'update' } }, sources)).toEqual({
      kind: 'files',
      key: ['id'],
      columns: { path: 'path', hash: 'hash' },
    })
    const duplicates = { by: ['id'], keep: 'last' } as const
    expect(writeWayOf({ ...spec, duplicates, target: { ...existing, mode: 'overwrite' } }, new Map())).toEqual({
      kind: 'merge',
      replacesAll: true,
      key: ['id'],
    })
  })
})

describe('KnownItems', () => {
  const file = { path: '/a.csv', name: 'a.csv', isDataset: false, bytes: 3, mtimeMs: 1 }
  const item = { path: '/a.csv', name: 'a.csv', kind: 'csv', family: 'tables', bytes: 3, problems: [] } as const
  const context = {} as EngineContext

  it('knows a file while it stays as it was, for one engine', () => {
    new KnownItems(context).add(file, item)
    expect(new KnownItems(context).get(file)).toBe(item)
    expect(new KnownItems(context).get({ ...file, mtimeMs: 2 })).toBeUndefined()
    expect(new KnownItems(context).get({ ...file, bytes: 4 })).toBeUndefined()
    expect(new KnownItems({} as EngineContext).get(file)).toBeUndefined()
  })
  it('looks at files in trouble anew', () => {
    const known = new KnownItems({} as EngineContext)
    known.add(file, { ...item, problems: [{ severity: 'error', message: 'It cannot be read.' }] })
    expect(known.get(file)).toBeUndefined()
  })
})
