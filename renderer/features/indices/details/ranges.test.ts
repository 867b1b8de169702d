import { expect, it } from 'vitest'
import { rangesText } from './ranges.ts'

it('joins neighbours and bounds how many ranges are told', () => {
  expect(rangesText([3, 0, 1, 2, 7, 9, 10], 9)).toBe('0–3, 7, 9–10')
  expect(rangesText([1, 3, 5, 7], 2)).toBe('1, 3 and 2 more ranges')
  expect(rangesText([1, 3, 5], 2)).toBe('1, 3 and 1 more range')
  expect(rangesText([], 2)).toBe('')
})
