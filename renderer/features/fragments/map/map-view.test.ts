import { describe, expect, it } from 'vitest'
import { panMap, revealCell, toPlot, WHOLE, zoomMap } from './map-view.ts'

const size = { width: 800, height: 400 }

describe('views of the map', () => {
  it('keeps the point under the pointer when zooming', () => {
    const at = { x: 300, y: 100 }
    const before = toPlot(WHOLE, at.x, at.y)
    const view = zoomMap(WHOLE, 4, at, size, 100)
    expect(view.scale).toBe(4)
    expect(toPlot(view, at.x, at.y)).toEqual(before)
  })

  it('never shows a place beside the plot, nor more than asked for', () => {
    const view = zoomMap(WHOLE, 4, { x: 0, y: 0 }, size, 3)
    expect(view.scale).toBe(3)
    expect(panMap(view, 500, 500, size)).toMatchObject({ x: 0, y: 0 })
    expect(panMap(view, -1e6, -1e6, size)).toMatchObject({ x: -1600, y: -800 })
    expect(zoomMap(view, 0.01, { x: 5, y: 5 }, size, 3)).toBe(WHOLE)
  })

  it('moves as little as needed to show a cell', () => {
    const view = zoomMap(WHOLE, 4, { x: 0, y: 0 }, size, 100)
    expect(revealCell(view, { left: 10, top: 10, right: 20, bottom: 20 }, size)).toBe(view)
    expect(revealCell(view, { left: 210, top: 10, right: 220, bottom: 20 }, size)).toEqual({ scale: 4, x: -80, y: 0 })
    expect(revealCell({ scale: 4, x: -80, y: 0 }, { left: 0, top: 0, right: 10, bottom: 10 }, size)).toEqual(view)
  })
})
