import { expect, it } from 'vitest'
import type { SchemaField } from '#shared/model/schema.ts'
import { fieldPairs } from './field-pairs.ts'

const field = (id: number, name: string): SchemaField => ({
  id,
  name,
  type: 'string',
  logicalType: 'string',
  kind: 'string',
  nullable: true,
  metadata: {},
  children: [],
})
const names = (pairs: ReturnType<typeof fieldPairs>) =>
  pairs.map(({ name, from, to }) => [name, from?.name ?? null, to?.name ?? null])

it('pairs a renamed column with what it was called', () => {
  const from = [field(0, 'id'), field(1, 'title'), field(2, 'gone')]
  const to = [field(0, 'id'), field(3, 'new'), field(1, 'name')]
  expect(names(fieldPairs(from, to, true))).toEqual([
    ['id', 'id', 'id'],
    ['new', null, 'new'],
    ['name', 'title', 'name'],
    ['gone', 'gone', null],
  ])
})

it('pairs by name between two datasets', () => {
  expect(names(fieldPairs([field(5, 'a'), field(6, 'b')], [field(6, 'a')], false))).toEqual([
    ['a', 'a', 'a'],
    ['b', 'b', null],
  ])
})
