import { describe, expect, it } from 'vitest'
import type { SchemaField } from '#shared/model/schema.ts'
import { toSelection } from './columns.ts'

describe('toSelection', () => {
  const schema = ['a', 'b'].map((name) => ({ name })) as unknown as readonly SchemaField[]
  it('asks for all where that is what is wanted, in order and as it is', () => {
    expect(toSelection(schema, [{ name: 'a' }, { name: 'b' }])).toBe('all')
  })
  it.each([
    [[{ name: 'b' }, { name: 'a' }]],
    [[{ name: 'a' }]],
    [[{ name: 'a' }, { name: 'b', sql: 'cast(b as string)' }]],
    [[]],
  ])('names columns otherwise: %j', (select) => {
    expect(toSelection(schema, select)).toBe(select)
  })
})
