import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import { cellAt, type CellLayout, layoutSquares, layoutStrip, neighbourCell } from './cell-layout.ts'

const W = 800
const H = 400

/** Sizes of a real kind: most alike, some tiny, a few huge. */
function weightsOf(count: number): Float64Array {
  let seed = 7
  return Float64Array.from({ length: count }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    const share = seed / 2_147_483_647
    return share < 0.1 ? 1 : share > 0.99 ? 1e6 : 1000 + share * 100
  })
}

const areaOf = (layout: CellLayout, at: number) =>
  (layout.right[at]! - layout.left[at]!) * (layout.bottom[at]! - layout.top[at]!)

const layouts = [
  ['strip', layoutStrip],
  ['squares', layoutSquares],
] as const

describe.each(layouts)('%s', (_, layoutOf) => {
  it.each([1, 2, 7, 1000])('covers the plot exactly with areas by weight (%i cells)', (count) => {
    const weights = weightsOf(count)
    const layout = layoutOf(weights, W, H)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let covered = 0
    for (let at = 0; at < count; at++) {
      const area = areaOf(layout, at)
      covered += area
      expect(area / (W * H)).toBeCloseTo(weights[layout.order[at]!]! / total, 6)
      expect(layout.left[at]).toBeGreaterThanOrEqual(0)
      expect(layout.right[at]).toBeLessThanOrEqual(W + 1e-6)
      expect(layout.bottom[at]).toBeLessThanOrEqual(H + 1e-6)
      expect(layout.position[layout.order[at]!]).toBe(at)
    }
    expect(covered).toBeCloseTo(W * H, 3)
  })

  it('finds the cell under every point, as looking at all of them does', () => {
    const layout = layoutOf(weightsOf(3000), W, H)
    for (let step = 0; step < 2000; step++) {
      const x = (step * 37.7) % W
      const y = (step * 91.3) % H
      const found = cellAt(layout, x, y)!
      expect(layout.left[found]! - 1e-6 <= x && x < layout.right[found]! + 1e-6).toBe(true)
      expect(layout.top[found]! - 1e-6 <= y && y < layout.bottom[found]! + 1e-6).toBe(true)
    }
    expect(cellAt(layout, -1, 5)).toBeUndefined()
    expect(cellAt(layout, 5, H)).toBeUndefined()
  })

  it('goes to a cell that touches', () => {
    const layout = layoutOf(weightsOf(500), W, H)
    for (let at = 0; at < 500; at++) {
      const right = neighbourCell(layout, at, 'ArrowRight')
      if (right === undefined) expect(layout.right[at]).toBeCloseTo(W, 3)
      else expect(layout.left[right]).toBeCloseTo(layout.right[at]!, 3)
      const above = neighbourCell(layout, at, 'ArrowUp')
      if (above === undefined) expect(layout.top[at]).toBeCloseTo(0, 3)
      else expect(layout.bottom[above]).toBeCloseTo(layout.top[at]!, 3)
    }
  })

  it('lays out 100,000 cells within a few frames', () => {
    const weights = weightsOf(100_000)
    expect(cpuMs(() => layoutOf(weights, W, H))).toBeLessThan(400)
  })

  it('is empty for no cells', () => {
    expect(layoutOf(new Float64Array(0), W, H).count).toBe(0)
    expect(cellAt(layoutOf(new Float64Array(0), W, H), 3, 3)).toBeUndefined()
  })
})

describe('layoutStrip', () => {
  it('keeps the order, line after line', () => {
    const layout = layoutStrip(weightsOf(200), W, H)
    expect([...layout.order]).toEqual(Array.from({ length: 200 }, (_, index) => index))
    for (let at = 1; at < 200; at++) {
      const isSameLine = layout.top[at] === layout.top[at - 1]
      if (isSameLine) expect(layout.left[at]).toBeCloseTo(layout.right[at - 1]!, 6)
      else expect(layout.top[at]).toBeCloseTo(layout.bottom[at - 1]!, 6)
    }
  })
})

describe('layoutSquares', () => {
  it('puts the largest first and keeps cells near square', () => {
    const layout = layoutSquares(
      Float64Array.from({ length: 100 }, (_, index) => 50 + index),
      W,
      H,
    )
    expect(layout.order[0]).toBe(99)
    const ratios = Array.from({ length: 100 }, (_, at) => {
      const ratio = (layout.right[at]! - layout.left[at]!) / (layout.bottom[at]! - layout.top[at]!)
      return Math.max(ratio, 1 / ratio)
    }).sort((a, b) => a - b)
    expect(ratios[90]).toBeLessThan(2)
  })
})
