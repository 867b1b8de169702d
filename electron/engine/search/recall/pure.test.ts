import { describe, expect, it } from 'vitest'
import { findKnee } from './knee.ts'
import { createRandom, shuffled } from './random.ts'
import { bootstrapInterval, mean, quantile } from './statistics.ts'
import { expandSweep } from './sweep.ts'
import { recallOf } from './truth.ts'

describe('quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[10, 0], 0.95, 9.5],
    [[7], 0.95, 7],
    [[2, 10], 0, 2],
    [[2, 10], 1, 10],
  ])('%j at %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected)
  })
})

describe('bootstrapInterval', () => {
  it('is about as wide as theory says, and the same every time', () => {
    const random = createRandom(5)
    const values = Array.from({ length: 400 }, () => (random() < 0.8 ? 1 : 0))
    const { lower, upper } = bootstrapInterval(values, 1)
    const deviation = Math.sqrt((mean(values) * (1 - mean(values))) / 400)
    expect(upper - lower).toBeGreaterThan(2 * 1.96 * deviation * 0.8)
    expect(upper - lower).toBeLessThan(2 * 1.96 * deviation * 1.2)
    expect(bootstrapInterval(values, 1)).toEqual({ lower, upper })
  })

  it('has no width where all values are the same', () => {
    expect(bootstrapInterval([1, 1, 1], 1)).toEqual({ lower: 1, upper: 1 })
  })
})

describe('shuffled', () => {
  it('gives each number once', () => {
    const drawn = [...shuffled(500, createRandom(9))]
    expect(drawn.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, n) => n))
    expect(drawn).not.toEqual(drawn.toSorted((a, b) => a - b))
    expect([...shuffled(500, createRandom(9))]).toEqual(drawn)
  })

  it('gives every number the same chance', () => {
    const counts = Array.from({ length: 10 }, () => 0)
    const random = createRandom(1)
    for (let round = 0; round < 5000; round++) counts[shuffled(10, random).next().value as number]!++
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(100)
  })
})

describe('findKnee', () => {
  const points = (list: readonly (readonly [number, number])[]) => list.map(([p50Ms, recall]) => ({ p50Ms, recall }))

  it('finds where more recall starts to cost much more time', () => {
    expect(
      findKnee(
        points([
          [1, 0.3],
          [2, 0.9],
          [8, 0.95],
          [64, 1],
        ]),
      ),
    ).toBe(1)
  })

  it('looks past points that others beat, in any order', () => {
    expect(
      findKnee(
        points([
          [50, 0.2],
          [64, 1],
          [2, 0.9],
          [3, 0.1],
          [1, 0.3],
        ]),
      ),
    ).toBe(2)
  })

  it('is the best where no point is above the line, and nothing below three points', () => {
    expect(
      findKnee(
        points([
          [1, 0.5],
          [2, 0.5],
          [3, 0.9],
        ]),
      ),
    ).toBe(2)
    expect(
      findKnee(
        points([
          [1, 1],
          [2, 1],
          [3, 1],
        ]),
      ),
    ).toBe(0)
    expect(
      findKnee(
        points([
          [1, 0.5],
          [2, 0.9],
        ]),
      ),
    ).toBeUndefined()
  })
})

describe('expandSweep', () => {
  const ivf = { type: 'IVF_PQ', partitions: 16 }
  it('combines what is given', () => {
    expect(expandSweep({ nprobes: [1, 4], refine: [0, 3] }, ivf, 10)).toEqual([
      { nprobes: 1 },
      { nprobes: 1, refine: 3 },
      { nprobes: 4 },
      { nprobes: 4, refine: 3 },
    ])
  })

  it('leaves out what means nothing to the index, and repeats', () => {
    expect(expandSweep({ nprobes: [2, 2], ef: [10, 20] }, ivf, 10)).toEqual([{ nprobes: 2 }])
    expect(expandSweep({ nprobes: [2, 4] }, undefined, 10)).toEqual([{}])
  })

  it('goes up to all partitions by default, and refines only what is compressed', () => {
    const nprobes = expandSweep({}, { type: 'IVF_FLAT', partitions: 16 }, 10).map((point) => point.nprobes)
    expect(nprobes).toEqual([1, 2, 5, 10, 16])
    expect(expandSweep({}, ivf, 10)).toHaveLength(15)
  })

  it('leaves out what Lance refuses of a graph: fewer rows looked at than refined', () => {
    const graph = { type: 'HNSW_SQ', partitions: 1 }
    expect(expandSweep({ ef: [5, 10, 40], refine: [0, 4] }, graph, 10)).toEqual([
      { ef: 10 },
      { ef: 40 },
      { ef: 40, refine: 4 },
    ])
    expect(() => expandSweep({ ef: [12], refine: [5] }, graph, 10)).toThrow(/50 or more/)
    expect(expandSweep({}, graph, 10).length).toBeGreaterThan(6)
  })

  it('refuses too many', () => {
    const many = Array.from({ length: 40 }, (_, n) => n + 1)
    expect(() => expandSweep({ nprobes: many, refine: many }, ivf, 10)).toThrow(/1600 combinations/)
  })
})

describe('recallOf', () => {
  const hits = (ids: readonly number[]) => ids.map((id) => ({ rowId: BigInt(id), query: 0, value: 0 }))
  it.each([
    [[1, 2], [1, 2], 2, 1],
    [[1, 9], [1, 2], 2, 0.5],
    [[1, 1], [1, 2], 2, 0.5],
    [[1, 2, 3], [1, 2, 3, 4], 3, 1],
    [[], [1], 1, 0],
    [[], [], 0, null],
  ])('%j of %j', (found, right, count, expected) => {
    expect(recallOf(hits(found), { rowIds: new Set(right.map(BigInt)), count })).toBe(expected)
  })
})
