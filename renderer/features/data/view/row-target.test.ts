import { describe, expect, it } from 'vitest'
import { parseRowTarget } from './row-target.ts'

describe('parseRowTarget', () => {
  it.each([
    ['1', 0],
    [' 1,204 ', 1203],
    ['1.2k', 1199],
    ['0%', 0],
    ['50%', 4999],
    ['100%', 9999],
    ['-1', 9999],
    ['10000', 9999],
  ])('%s', (text, row) => expect(parseRowTarget(text, 10_000)).toEqual({ ok: true, row }))
  it.each(['', 'x', '0', '10001', '-10001', '101%', '1e3'])('refuses %j', (text) => {
    expect(parseRowTarget(text, 10_000).ok).toBe(false)
  })
  it('refuses everything in an empty view', () =>
    expect(parseRowTarget('1', 0)).toEqual({ ok: false, reason: 'There are no rows.' }))
  it('is exact for huge views', () =>
    expect(parseRowTarget('1,000,000,000', 1e9)).toEqual({ ok: true, row: 999_999_999 }))
})
