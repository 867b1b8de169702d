import { describe, expect, it } from 'vitest'
import { pairOf, pairPick, togglePick } from './picks.ts'

describe('picking two versions', () => {
  it('picks and lets go', () => {
    expect(togglePick([], 3)).toEqual([3])
    expect(togglePick([3, 7], 3)).toEqual([7])
  })

  it('keeps the last two', () => {
    expect(togglePick([3, 7], 9)).toEqual([7, 9])
  })

  it('pairs with the last pick, else with the version on screen', () => {
    expect(pairPick([], 3, 12)).toEqual([12, 3])
    expect(pairPick([5, 6], 3, 12)).toEqual([6, 3])
    expect(pairPick([], 12, 12)).toEqual([12])
  })

  it('compares the older with the newer, however they were picked', () => {
    expect(pairOf([9, 2])).toEqual({ older: 2, newer: 9 })
    expect(pairOf([9])).toBeNull()
    expect(pairOf([])).toBeNull()
  })
})
