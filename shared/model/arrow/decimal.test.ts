import { describe, expect, it } from 'vitest'
import { formatDecimal } from './decimal.ts'

describe('formatDecimal', () => {
  it.each([
    [-12345000n, 3, '-12345.000'],
    [5n, 3, '0.005'],
    [-5n, 3, '-0.005'],
    [0n, 2, '0.00'],
    [42n, 0, '42'],
    [42n, -2, '4200'],
    [0n, -2, '0'],
    [12345678901234567890123456789012345678n, 10, '1234567890123456789012345678.9012345678'],
  ])('%s with scale %s is %s', (unscaled, scale, text) => {
    expect(formatDecimal(unscaled, scale)).toBe(text)
  })
})
