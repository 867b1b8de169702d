import { describe, expect, it } from 'vitest'
import { bfloat16FromBits, float16FromBits, formatFloat } from './float.ts'

describe('half precision', () => {
  it.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x8000, -0],
  ])('reads %s', (bits, value) => {
    expect(float16FromBits(bits)).toBe(value)
  })

  it('keeps NaN', () => {
    expect(float16FromBits(0x7e00)).toBeNaN()
    expect(bfloat16FromBits(0x7fc0)).toBeNaN()
  })

  it('reads bfloat16 as the upper half of a float32', () => {
    expect(bfloat16FromBits(0x3f80)).toBe(1)
    expect(bfloat16FromBits(0xc049)).toBe(-3.140625)
  })

  it('writes every finite half so that it reads back', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      const value = float16FromBits(bits)
      const digits = formatFloat(value, 'float16').replace(/e.*|\D/g, '')
      expect(digits.replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(5)
      expect(Math.abs(Number(formatFloat(value, 'float16')) - value)).toBeLessThanOrEqual(
        Math.max(2 ** -25, value / 2048),
      )
    }
  })
})

describe('formatFloat', () => {
  it.each([
    [Math.fround(0.1), 'float32', '0.1'],
    [0.1, 'float64', '0.1'],
    [Math.fround(16777217), 'float32', '16777216'],
    [Math.fround(3.4028235e38), 'float32', '3.4028235e+38'],
    [Math.fround(1e-45), 'float32', '1.4013e-45'],
    [float16FromBits(0x2e66), 'float16', '0.1'],
    [bfloat16FromBits(0x3dcd), 'bfloat16', '0.1'],
    [NaN, 'float32', 'NaN'],
    [-Infinity, 'float64', '-Infinity'],
    [-0, 'float32', '-0'],
  ] as const)('%s as %s is %s', (value, precision, text) => {
    expect(formatFloat(value, precision)).toBe(text)
  })

  it('gives float32 text that rounds back', () => {
    for (let i = 0; i < 2000; i++) {
      const value = Math.fround((i * 7919.123 - 8e6) / 3)
      expect(Math.fround(Number(formatFloat(value, 'float32')))).toBe(value)
    }
  })
})
