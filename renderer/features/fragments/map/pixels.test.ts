import { describe, expect, it } from 'vitest'
import { layoutSquares, layoutStrip } from './cell-layout.ts'
import { WHOLE, zoomMap } from './map-view.ts'
import { isLight, paintPixels, type PixelScene, toPixel } from './pixels.ts'

const colours = Uint32Array.from(['#ff0000', '#0000ff'], toPixel)
const gapColour = toPixel('#ffffff')

function scene(count: number, more: Partial<PixelScene> = {}): PixelScene {
  return {
    layout: layoutStrip(new Float64Array(count).fill(1), 200, 100),
    view: WHOLE,
    classOf: Uint8Array.from({ length: count }, (_, index) => index % 2),
    colours,
    broken: undefined,
    brokenColour: toPixel('#00ff00'),
    gapColour,
    density: 1,
    ...more,
  }
}

const painted = (of: PixelScene, width = 200, height = 100) => {
  const pixels = new Uint32Array(width * height)
  const withText = paintPixels(pixels, width, height, of)
  return { pixels, withText }
}

describe('paintPixels', () => {
  it.each([1, 10, 999, 50_000])('leaves no pixel unpainted (%i cells)', (count) => {
    expect(painted(scene(count)).pixels.includes(0)).toBe(false)
    const layout = layoutSquares(
      Float64Array.from({ length: count }, (_, index) => 1 + (index % 9)),
      200,
      100,
    )
    const view = zoomMap(WHOLE, 7, { x: 150, y: 20 }, { width: 200, height: 100 }, 100)
    expect(painted(scene(count, { layout, view })).pixels.includes(0)).toBe(false)
    expect(painted(scene(count, { layout, view, density: 2 }), 400, 200).pixels.includes(0)).toBe(false)
    expect(painted(scene(count, { view })).pixels.includes(0)).toBe(false)
  })

  it('paints each cell in its colour with a gap, and offers text where there is room', () => {
    const { pixels, withText } = painted(scene(2))
    expect(pixels[0]).toBe(colours[0])
    expect(pixels[98]).toBe(colours[0])
    expect(pixels[99]).toBe(gapColour)
    expect(pixels[100]).toBe(colours[1])
    expect(withText).toEqual([0, 1])
    expect(painted(scene(500)).withText).toEqual([])
  })

  it('hatches what is broken', () => {
    const { pixels } = painted(scene(2, { broken: Uint8Array.of(0, 1) }))
    const green = toPixel('#00ff00')
    const row = pixels.subarray(0, 200)
    expect(row.subarray(0, 100).includes(green)).toBe(false)
    expect(row.subarray(100).includes(green)).toBe(true)
  })
})

describe('pixels', () => {
  it('are opaque and red first', () => {
    expect([...new Uint8Array(Uint32Array.of(toPixel('#123456')).buffer)]).toEqual([0x12, 0x34, 0x56, 255])
    expect(toPixel('#fff')).toBe(0xffffffff)
    expect(isLight(toPixel('#ffd79a'))).toBe(true)
    expect(isLight(toPixel('#2e3947'))).toBe(false)
  })
})
