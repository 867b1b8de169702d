import { describe, expect, it } from 'vitest'
import { countSizes, skewWords, toSkew } from './skew.ts'

describe('toSkew', () => {
  it('gives the order figures and 0 for equals', () => {
    expect(toSkew([5, 5, 5, 5])).toEqual({ count: 4, min: 5, median: 5, p95: 5, max: 5, gini: 0 })
    const skew = toSkew(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(skew).toMatchObject({ min: 1, median: 51, p95: 96, max: 100 })
    // Known value of 1…n: (n - 1) / 3n.
    expect(skew.gini).toBeCloseTo(99 / 300, 10)
  })

  it('nears 1 when one has everything, and knows nothing of nothing', () => {
    const skew = toSkew([...Array.from({ length: 99 }, () => 0), 1_000_000])
    expect(skew.gini).toBeCloseTo(0.99, 5)
    expect(skewWords(skew)).toContain('holds nearly everything')
    expect(toSkew([])).toEqual({ count: 0, min: 0, median: 0, p95: 0, max: 0, gini: 0 })
    expect(skewWords(toSkew([3]))).toBe('a single fragment')
  })
})

it('countSizes takes LanceDB’s bounds', () => {
  expect(countSizes([99_999, 100_000, 1_048_575, 1_048_576])).toEqual({ small: 1, belowTarget: 3 })
})
