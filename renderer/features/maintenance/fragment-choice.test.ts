import { expect, it } from 'vitest'
import { chooseFragments, formatFragments, parseFragments } from './fragment-choice.ts'

it('reads ids and ranges; a range stands for the fragments there are', () => {
  expect(parseFragments('0-5, 9', [0, 2, 4, 6, 9])).toEqual([0, 2, 4, 9])
  expect(parseFragments(' 7;3–4 7 ', [3, 4])).toEqual([3, 4, 7])
  for (const text of ['', ' ', 'a', '-1', '5-2', '1.5', '4294967296', '1,,x', '1 - 2']) {
    expect(parseFragments(text, [1, 2]), text).toBeUndefined()
  }
})

it('writes ids shortest, and reads back what it wrote', () => {
  const ids = [9, 1, 2, 3, 20, 21, 5]
  expect(formatFragments(ids)).toBe('1-3, 5, 9, 20-21')
  expect(parseFragments(formatFragments(ids), ids)).toEqual([1, 2, 3, 5, 9, 20, 21])
})

it('chooses the small ones by their live rows', () => {
  const fragments = [
    { id: 0, liveRows: 10 },
    { id: 3, liveRows: 99 },
    { id: 4, liveRows: 100 },
  ]
  const small = { pick: 'small', fragments: '', smallerThan: '100' } as const
  expect(chooseFragments(small, fragments)).toEqual([0, 3])
  expect(chooseFragments({ ...small, smallerThan: '5' }, fragments)).toEqual([])
  expect(chooseFragments({ ...small, smallerThan: 'few' }, fragments)).toBeUndefined()
})
