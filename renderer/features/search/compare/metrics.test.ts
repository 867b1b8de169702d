import { describe, expect, it } from 'vitest'
import { type Grades, judgedAt, overlapAt, qualityOf } from './metrics.ts'

const grades: Grades = new Map([
  ['a', 1],
  ['b', 0],
  ['c', 1],
])

describe('qualityOf', () => {
  it('is full when the relevant rows stand first', () => {
    expect(qualityOf(['c', 'a', 'x'], grades, 3)).toEqual({ ndcg: 1, recall: 1, reciprocalRank: 1 })
  })

  it('discounts later places', () => {
    const quality = qualityOf(['b', 'a', 'x', 'c'], grades, 4)
    const ideal = 1 + 1 / Math.log2(3)
    expect(quality?.ndcg).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / ideal)
    expect(quality?.reciprocalRank).toBe(0.5)
    expect(quality?.recall).toBe(1)
  })

  it('looks at the first k only', () => {
    expect(qualityOf(['b', 'a', 'c'], grades, 1)).toEqual({ ndcg: 0, recall: 0, reciprocalRank: 0 })
    expect(qualityOf(['a', 'b', 'c'], grades, 1)).toEqual({ ndcg: 1, recall: 0.5, reciprocalRank: 1 })
  })

  it('cannot be said without a row judged relevant', () => {
    expect(qualityOf(['a'], new Map([['a', 0]]), 5)).toBeNull()
  })

  it('counts a key that comes twice once', () => {
    expect(qualityOf(['a', 'a', 'c'], grades, 2)).toEqual({ ndcg: 1, recall: 1, reciprocalRank: 1 })
  })
})

describe('overlapAt', () => {
  it.each<readonly [readonly string[], readonly string[], number, number | null]>([
    [['a', 'b'], ['b', 'a'], 2, 1],
    [['a', 'b'], ['b', 'c'], 2, 0.5],
    [['a', 'b'], ['a'], 2, 0.5],
    [['a', 'b'], ['b', 'a'], 1, 0],
    [[], [], 5, null],
  ])('%j and %j at %i: %j', (a, b, k, share) => {
    expect(overlapAt(a, b, k)).toBe(share)
  })
})

it('counts what was judged', () => {
  expect(judgedAt(['x', 'b', 'a'], grades, 2)).toBe(1)
})
