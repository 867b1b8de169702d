import { describe, expect, it } from 'vitest'
import { fittingScale, placeInBins, toBins } from './histogram-bins.ts'

const total = (bins: readonly { readonly count: number }[]) => bins.reduce((sum, { count }) => sum + count, 0)

describe('toBins', () => {
  it('takes round steps and counts every value once', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index)
    const bins = toBins(values, 'linear', 10)
    expect(bins).toHaveLength(10)
    expect(bins[0]).toEqual({ from: 0, to: 100, count: 100 })
    expect(total(bins)).toBe(1000)
  })

  it('takes 1, 2, 5 steps on a log scale, with zeros in a bin of their own', () => {
    expect(toBins([0, 1, 3, 40, 1000], 'log', 30)).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 5, count: 1 },
      { from: 5, to: 10, count: 0 },
      { from: 10, to: 20, count: 0 },
      { from: 20, to: 50, count: 1 },
      { from: 50, to: 100, count: 0 },
      { from: 100, to: 200, count: 0 },
      { from: 200, to: 500, count: 0 },
      { from: 500, to: 1000, count: 1 },
    ])
  })

  it('falls back to powers of ten rather than exceed the number', () => {
    const bins = toBins([1, 1e12], 'log', 20)
    expect(bins.length).toBeLessThanOrEqual(20)
    expect(total(bins)).toBe(2)
  })

  it('has one bin for one value and none for none', () => {
    expect(toBins([7, 7], 'linear', 10)).toEqual([{ from: 7, to: 7, count: 2 }])
    expect(total(toBins([0, 0], 'log', 10))).toBe(2)
    expect(toBins([], 'log', 10)).toEqual([])
  })

  it('chooses the scale by the span', () => {
    expect(fittingScale([10, 900])).toBe('linear')
    expect(fittingScale([10, 1000])).toBe('log')
    expect(fittingScale([0, 0])).toBe('linear')
  })
})

describe('placeInBins', () => {
  it('places a value between the edges of its bin', () => {
    const bins = toBins([0, 50, 100], 'linear', 2)
    expect(placeInBins(bins, 25)).toBe(0.25)
    expect(placeInBins(bins, 100)).toBe(1)
    expect(placeInBins(bins, 101)).toBeUndefined()
  })
})
