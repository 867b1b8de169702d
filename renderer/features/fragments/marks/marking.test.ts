import { expect, it } from 'vitest'
import { withMark } from './marking.ts'

const shown = [5, 3, 9, 1, 7]
const list = (marked: ReadonlySet<number>) => [...marked].toSorted((a, b) => a - b)

it('turns one mark on and off', () => {
  const on = withMark(new Set(), shown, 9, undefined)
  expect(list(on)).toEqual([9])
  expect(list(withMark(on, shown, 9, undefined))).toEqual([])
})

it('stretches from the last one in the order shown, whichever lies first', () => {
  expect(list(withMark(new Set([3]), shown, 1, 3))).toEqual([1, 3, 9])
  expect(list(withMark(new Set([1]), shown, 3, 1))).toEqual([1, 3, 9])
  expect(list(withMark(new Set([3, 9, 1, 7]), shown, 1, 3))).toEqual([7])
})

it('marks one where the other is not shown any more', () => {
  expect(list(withMark(new Set(), shown, 1, 42))).toEqual([1])
})
