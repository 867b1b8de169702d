import { describe, expect, it } from 'vitest'
import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import { exampleRecord } from './example-record.ts'

const field = (name: string, kind: FieldKind, logicalType: string, more: Partial<SchemaField> = {}): SchemaField => ({
  id: 0,
  name,
  type: logicalType,
  logicalType,
  kind,
  nullable: true,
  metadata: {},
  children: [],
  ...more,
})

describe('exampleRecord', () => {
  it('has the first few columns that can be written', () => {
    const schema = [
      field('id', 'integer', 'int64'),
      field('price', 'decimal', 'decimal:128:10:2'),
      field('a "name"', 'string', 'string'),
      field('at', 'timestamp', 'timestamp:us:UTC'),
      field('day', 'date', 'date32:day'),
      field('more', 'string', 'string'),
    ]
    expect(exampleRecord(schema)).toBe(
      '{"id": 1, "a \\"name\\"": "text", "at": "2026-11-27T12:00:00Z", "day": "2026-11-27"}',
    )
  })
  it('has every column that may not be null', () => {
    const schema = [
      ...['a', 'b', 'c', 'd', 'e'].map((name) => field(name, 'boolean', 'bool', { nullable: false })),
      field('f', 'string', 'string'),
    ]
    const late = [
      ...['a', 'b', 'c', 'd', 'e'].map((name) => field(name, 'boolean', 'bool')),
      field('f', 'boolean', 'bool', { nullable: false }),
    ]
    expect(Object.keys(JSON.parse(exampleRecord(late)) as object)).toEqual(['a', 'b', 'c', 'f'])
    expect(Object.keys(JSON.parse(exampleRecord(schema)) as object)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
  it('writes nested values, and vectors where they are short', () => {
    const schema = [
      field('tags', 'list', 'list', { children: [field('item', 'string', 'string')] }),
      field('who', 'struct', 'struct', { children: [field('name', 'string', 'string'), field('odd', 'map', 'map')] }),
      field('near', 'vector', 'fixed_size_list:float:2', { dimension: 2 }),
      field('far', 'vector', 'fixed_size_list:float:768', { dimension: 768 }),
    ]
    expect(JSON.parse(exampleRecord(schema))).toEqual({ tags: ['text'], who: { name: 'text' }, near: [0.5, 0.5] })
  })
  it('is an empty object where nothing can be written', () => {
    expect(exampleRecord([field('odd', 'map', 'map')])).toBe('{}')
  })
})
