import { describe, expect, it } from 'vitest'
import { inState, isOnScreen, loneKeys } from './states.ts'

describe('inState', () => {
  it('takes the vector of a row from what is on screen', () => {
    const query = { vector: { rowId: '3' }, k: 5 }
    expect(inState(query, { version: 4 }, { version: 2 })).toEqual({
      vector: { rowId: '3', ref: { version: 4 } },
      k: 5,
    })
    expect(inState(query, { version: 4 }, null)).toBe(query)
    expect(inState(query, { version: 4 }, { version: 4 })).toBe(query)
  })

  it('leaves numbers and words as they are', () => {
    const query = { vector: [1, 2], text: 'a', k: 5 }
    expect(inState(query, { version: 4 }, { tag: 'old' })).toBe(query)
  })
})

it('knows the state on screen by its name', () => {
  expect(isOnScreen(undefined, { version: 1 })).toBe(true)
  expect(isOnScreen({ version: 1 }, { version: 1 })).toBe(true)
  expect(isOnScreen({ branch: 'a', version: 1 }, { version: 1 })).toBe(false)
})

it('finds what stands in one ranking only', () => {
  expect([...loneKeys([['a', 'b', 'b'], ['c', 'a'], ['a']])]).toEqual(['b', 'c'])
  expect([...loneKeys([['a', 'b']])]).toEqual([])
})
