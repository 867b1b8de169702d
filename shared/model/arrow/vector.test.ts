import { describe, expect, it } from 'vitest'
import { maxMagnitude, summarizeVector } from './vector.ts'

describe('summarizeVector', () => {
  it('measures', () => {
    expect(summarizeVector(Float32Array.of(3, -4))).toEqual({
      dimension: 2,
      norm: 5,
      min: -4,
      max: 3,
      mean: -0.5,
      nanCount: 0,
    })
  })

  it('counts NaN apart', () => {
    expect(summarizeVector([Number.NaN, 2])).toMatchObject({ dimension: 2, norm: 2, min: 2, max: 2, nanCount: 1 })
  })

  it('has no extremes without numbers', () => {
    expect(summarizeVector([])).toMatchObject({ norm: 0, min: null, max: null, mean: null })
  })
})

it('scales heat strips by the largest finite value', () => {
  expect(maxMagnitude([1, -3, Infinity, Number.NaN])).toBe(3)
})
