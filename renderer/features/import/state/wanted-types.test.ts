import { expect, it } from 'vitest'
import type { ColumnMatch } from '#shared/model/import/preview.ts'
import { createDraft } from './draft.ts'
import { typeToRead, wantedTypes } from './wanted-types.ts'

const draft = createDraft({ paths: ['/p'], uploads: [] }, [], { folder: '', into: '/x.lance' })
const match = (target: string, targetType: string): ColumnMatch => ({
  target,
  targetType,
  source: null,
  sourceType: null,
  state: 'null',
})
const matches = [match('id', 'float64'), match('title', 'large_string'), match('odd', 'decimal128(10, 2)')]

it('takes types from the dataset, by name or as mapped', () => {
  expect([...wantedTypes(draft, matches)]).toEqual([
    ['id', 'float64'],
    ['title', 'string'],
  ])
  const mapping = { title: 'name', id: null }
  expect([...wantedTypes({ target: { ...draft.target, mapping } }, matches)]).toEqual([['name', 'string']])
})

it('takes none where everything is new', () => {
  expect(wantedTypes({ target: { ...draft.target, mode: 'overwrite' } }, matches).size).toBe(0)
  expect(wantedTypes({ target: { ...draft.target, kind: 'new' } }, matches).size).toBe(0)
})

it('leaves typed sources and vectors of another length as they are', () => {
  const wanted = wantedTypes(draft, [match('v', 'vector[4]'), match('n', 'int64')])
  expect(typeToRead({ type: 'vector[3]' }, 'v', wanted)).toBe('vector[3]')
  expect(typeToRead({ type: 'string' }, 'v', wanted)).toBe('vector[4]')
  expect(typeToRead({ type: 'as-is' }, 'n', wanted)).toBe('as-is')
  expect(typeToRead({ type: 'float64' }, 'other', wanted)).toBe('float64')
})
