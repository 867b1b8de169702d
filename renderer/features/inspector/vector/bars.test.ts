import { describe, expect, it } from 'vitest'
import { barPaths } from './bars.ts'

describe('barPaths', () => {
  it('draws positive bars up and negative ones down, scaled to the strongest', () => {
    const { positive, negative, width } = barPaths([1, -0.5, 0, NaN])
    expect(positive).toBe('M0 0.02h0.8v0.48h-0.8z')
    expect(negative).toBe('M1 0.5h0.8v0.24h-0.8z')
    expect(width).toBe(4)
  })
  it('never hides an outlier of a long vector', () => {
    const values = new Float32Array(4096)
    values[4000] = -9
    const { negative, width } = barPaths(values)
    expect(width).toBe(256)
    expect(negative).toBe('M250 0.5h0.8v0.48h-0.8z')
  })
  it('survives emptiness and infinity', () => {
    expect(barPaths([])).toEqual({ positive: '', negative: '', width: 0 })
    expect(barPaths([Infinity, -Infinity]).positive).toBe('')
  })
})
