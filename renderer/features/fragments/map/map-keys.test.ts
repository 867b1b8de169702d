import { describe, expect, it } from 'vitest'
import { layoutStrip } from './cell-layout.ts'
import { actionForKey, largestScale } from './map-keys.ts'

const layout = layoutStrip(new Float64Array(40).fill(1), 400, 300)
const to = (key: string, from: number | undefined) => actionForKey(key, layout, from)

describe('actionForKey', () => {
  it('begins at the first cell and goes on line after line', () => {
    expect(to('ArrowDown', undefined)).toEqual({ kind: 'select', position: 0 })
    const perLine = layout.rows[1]!.start
    expect(to('ArrowRight', perLine - 1)).toEqual({ kind: 'select', position: perLine })
    expect(to('ArrowLeft', perLine)).toEqual({ kind: 'select', position: perLine - 1 })
    expect(to('ArrowUp', 0)).toEqual({ kind: 'select', position: 0 })
    expect(to('ArrowDown', 0)).toEqual({ kind: 'select', position: perLine })
  })

  it('jumps to the ends and by tenths', () => {
    expect(to('End', 3)).toEqual({ kind: 'select', position: 39 })
    expect(to('Home', 3)).toEqual({ kind: 'select', position: 0 })
    expect(to('PageDown', 3)).toEqual({ kind: 'select', position: 7 })
    expect(to('PageDown', 38)).toEqual({ kind: 'select', position: 39 })
  })

  it('zooms, fits, and leaves other keys alone', () => {
    expect(to('+', 3)).toEqual({ kind: 'zoom', factor: 1.5 })
    expect(to('0', 3)).toEqual({ kind: 'fit' })
    expect(to('a', 3)).toBeUndefined()
  })
})

it('largestScale lets the smallest cell be looked at', () => {
  expect(largestScale(layout)).toBe(4)
  expect(largestScale(layoutStrip(new Float64Array(100_000).fill(1), 400, 300))).toBeGreaterThan(50)
})
