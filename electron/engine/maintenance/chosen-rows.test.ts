import { expect, it } from 'vitest'
import { addressFilter } from './chosen-rows.ts'

const run = (from: number, length: number) => Array.from({ length }, (_, index) => BigInt(from + index))

it('names single rows one by one and long runs by their ends', () => {
  expect(addressFilter([1n, 2n, 4294967296n])).toBe('_rowaddr in (1, 2, 4294967296)')
  expect(addressFilter([3n, ...run(10, 1000), 2000n])).toBe(
    '(_rowaddr >= 10 and _rowaddr < 1010) or _rowaddr in (3, 2000)',
  )
  expect(addressFilter(run(0, 5000))).toBe('(_rowaddr >= 0 and _rowaddr < 5000)')
})

it('never makes a condition that is empty: that would mean every row', () => {
  expect(addressFilter([])).toBe('_rowaddr in (18446744073709551615)')
})
