import { describe, expect, it } from 'vitest'
import { DEFAULT_LAYOUT, moveColumn, orderedIds, resizeColumn } from './column-state.ts'
import type { GridColumn } from './types.ts'

const columns = [...'abcd'].map((id): GridColumn => ({
  id,
  title: id,
  subtitle: '',
  align: 'start',
  defaultWidth: 100,
  sortable: true,
}))
const order = ['a', 'b', 'c', 'd']

describe('orderedIds', () => {
  it('keeps the remembered order and drops columns that are gone', () => {
    expect(orderedIds(columns, { ...DEFAULT_LAYOUT, order: ['d', 'gone', 'a', 'b', 'c'] })).toEqual([
      'd',
      'a',
      'b',
      'c',
    ])
  })

  it('puts a new column after its neighbour of the schema', () => {
    expect(orderedIds(columns, { ...DEFAULT_LAYOUT, order: ['d', 'b', 'a'] })).toEqual(['d', 'b', 'c', 'a'])
    expect(orderedIds(columns, { ...DEFAULT_LAYOUT, order: ['d', 'c'] })).toEqual(['a', 'b', 'd', 'c'])
  })
})

describe('moveColumn', () => {
  it('drops before the target, or at the end', () => {
    expect(moveColumn(DEFAULT_LAYOUT, order, 'd', 'b').order).toEqual(['a', 'd', 'b', 'c'])
    expect(moveColumn(DEFAULT_LAYOUT, order, 'a', null).order).toEqual(['b', 'c', 'd', 'a'])
    expect(moveColumn(DEFAULT_LAYOUT, order, 'a', 'a')).toBe(DEFAULT_LAYOUT)
  })

  it('pins what is dropped among pinned columns and releases what leaves them', () => {
    const layout = { ...DEFAULT_LAYOUT, pinned: ['a', 'b'] }
    expect(moveColumn(layout, order, 'd', 'b').pinned).toEqual(['a', 'd', 'b'])
    expect(moveColumn(layout, order, 'a', 'd').pinned).toEqual(['b'])
  })
})

it('remembers widths', () => {
  expect(resizeColumn(resizeColumn(DEFAULT_LAYOUT, 'a', 50), 'a', 60).widths).toEqual({ a: 60 })
})
