import { describe, expect, it } from 'vitest'
import { parseRowTarget } from './row-target.ts'

describe('parseRowTarget', () => {
  it.each([
    ['0', 0],
    [' 1,204 ', 1204],
    ['1.2k', 1200],
    ['0%', 0],
    ['50%', 5000],
    ['100%', 9999],
    ['-1', 9999],
    ['9999', 9999],
    ['-10000', 0],
  ])('%s', (text, row) => expect(parseRowTarget(text, 10_000)).toEqual({ ok: true, row }))
  it.each(['', 'x', '10000', '-0', '-10001', '101%', '1e3'])('refuses %j', (text) => {
    expect(parseRowTarget(text, 10_000).ok).toBe(false)
  })
  it('refuses everything in an empty view', () =>
    expect(parseRowTarget('1', 0)).toEqual({ ok: false, reason: 'There are no rows.' }))
  it('is exact for huge views', () =>
    expect(parseRowTarget('999,999,999', 1e9)).toEqual({ ok: true, row: 999_999_999 }))
})
