import { expect, test } from 'vitest'
import { indexForKey } from './row-keys.ts'

test('arrows, Page keys, Home and End move within the rows', () => {
  const from = (index: number) => (key: string) => indexForKey(key, index, 9, 4)
  expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map(from(5))).toEqual([6, 4, 9, 1, 0, 9])
  expect(['ArrowDown', 'PageDown', 'End'].map(from(9))).toEqual([9, 9, 9])
  expect(['ArrowUp', 'PageUp', 'Home'].map(from(0))).toEqual([0, 0, 0])
})

test('without a row yet, down and up both lead to the first', () => {
  expect(indexForKey('ArrowDown', -1, 9, 4)).toBe(0)
  expect(indexForKey('ArrowUp', -1, 9, 4)).toBe(0)
})

test('other keys are left alone', () => {
  expect(indexForKey('Enter', 5, 9, 4)).toBeUndefined()
  expect(indexForKey('a', 5, 9, 4)).toBeUndefined()
})
