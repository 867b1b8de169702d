import { describe, expect, it } from 'vitest'
import { filterText, shortestFloat32 } from './value-text.ts'

describe('filterText', () => {
  it('keeps 64-bit integers exact', () => {
    expect(filterText({ kind: 'integer', value: 9007199254740993n })).toBe('9007199254740993')
  })
  it('writes bytes as hexadecimal', () =>
    expect(filterText({ kind: 'binary', bytes: Uint8Array.of(0, 255) })).toBe('00ff'))
  it('has no text for null and nested values', () => {
    expect(filterText({ kind: 'null' })).toBeNull()
    expect(filterText({ kind: 'vector', values: [1], element: 'float32', precision: 'float32' })).toBeNull()
  })
})

describe('shortestFloat32', () => {
  it.each([0.1, 16777217, 1e-40, -3.4028235e38, 0, 1 / 3])('gives %f back', (value) => {
    const single = Math.fround(value)
    expect(Math.fround(Number(shortestFloat32(single)))).toBe(single)
  })
  it('is short', () => {
    expect(shortestFloat32(Math.fround(0.1))).toBe('0.1')
    expect(shortestFloat32(NaN)).toBe('NaN')
  })
})
