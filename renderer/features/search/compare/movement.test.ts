import { expect, it } from 'vitest'
import { movementPath, movements, movementWords } from './movement.ts'

it('joins rows that stand in both rankings', () => {
  const all = movements(['a', 'b', 'c', 'd'], ['c', 'b', 'x', 'a'])
  expect(all).toEqual([
    { key: 'a', from: 0, to: 3, direction: 'down' },
    { key: 'b', from: 1, to: 1, direction: 'same' },
    { key: 'c', from: 2, to: 0, direction: 'up' },
  ])
  expect(movementWords(all)).toBe('3 in both, 1 higher on the right, 1 lower')
})

it('takes the best place of a key that comes twice', () => {
  expect(movements(['a', 'a'], ['b', 'a', 'a'])).toEqual([{ key: 'a', from: 0, to: 1, direction: 'down' }])
})

it('draws from middle to middle', () => {
  expect(movementPath({ from: 0, to: 2 }, 40, 30)).toBe('M0 15 C20 15 20 75 40 75')
})
