import { describe, expect, it } from 'vitest'
import { nextSort, withSortKey } from './sort.ts'

const up = (columnId: string) => ({ columnId, descending: false })
const down = (columnId: string) => ({ columnId, descending: true })

describe('nextSort', () => {
  it('goes up, down, off', () => {
    expect(nextSort([], 'a', false)).toEqual([up('a')])
    expect(nextSort([up('a')], 'a', false)).toEqual([down('a')])
    expect(nextSort([down('a')], 'a', false)).toEqual([])
  })
  it('replaces without Shift', () => expect(nextSort([up('a'), up('b')], 'c', false)).toEqual([up('c')]))
  it('keeps the other keys and their order with Shift', () => {
    expect(nextSort([up('a')], 'b', true)).toEqual([up('a'), up('b')])
    expect(nextSort([up('a'), up('b')], 'a', true)).toEqual([down('a'), up('b')])
    expect(nextSort([down('a'), up('b')], 'a', true)).toEqual([up('b')])
  })
})

describe('withSortKey', () => {
  it('replaces in place or adds behind', () => {
    expect(withSortKey([up('a'), up('b')], down('a'))).toEqual([down('a'), up('b')])
    expect(withSortKey([up('a')], up('b'))).toEqual([up('a'), up('b')])
  })
})
