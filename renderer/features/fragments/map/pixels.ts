import { cellAt, type CellLayout } from './cell-layout.ts'
import { type MapView, toPlot } from './map-view.ts'

/** What a frame of the map is painted from. Colours are pixels as ImageData keeps them, see {@link toPixel}. */
export interface PixelScene {
  readonly layout: CellLayout
  readonly view: MapView
  /** Class of each fragment and colour of each class. */
  readonly classOf: Uint8Array
  readonly colours: Uint32Array
  /** Fragments hatched as broken. */
  readonly broken: Uint8Array | undefined
  readonly brokenColour: number
  readonly gapColour: number
  /** Device pixels per px. */
  readonly density: number
}

/** Cells at least this wide in px carry text. */
const TEXT_ROOM = { width: 58, height: 30 }
/** Cells smaller than this in device pixels touch each other: a gap would be most of them. */
const GAP_FROM = 4
/** Shorter runs are written faster one by one than with fill. */
const FILL_FROM = 16
/** Distance of hatching lines. */
const HATCH = 7

/**
 * Fills the pixels of a `width` × `height` picture with the cells in sight and returns the positions of those with room
 * for text. Neighbours share rounded edges, so every pixel belongs to one cell, and cells below a pixel give way.
 */
export function paintPixels(pixels: Uint32Array, width: number, height: number, scene: PixelScene): readonly number[] {
  const { layout, view, density } = scene
  const scale = view.scale * density
  const textWidth = TEXT_ROOM.width * density
  const textHeight = TEXT_ROOM.height * density
  const withText: number[] = []
  const end = lastInSight(scene, width, height)
  for (let at = firstInSight(scene); at < end; at++) {
    const left = clamp(edge(layout.left, at) * scale + view.x * density, width)
    const right = clamp(edge(layout.right, at) * scale + view.x * density, width)
    if (right <= left) continue
    const top = clamp(edge(layout.top, at) * scale + view.y * density, height)
    const bottom = clamp(edge(layout.bottom, at) * scale + view.y * density, height)
    if (bottom <= top) continue
    paintCell(pixels, width, { left, top, right, bottom }, layout.order[at] ?? 0, scene)
    if (right - left >= textWidth && bottom - top >= textHeight) withText.push(at)
  }
  return withText
}

interface PixelBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function paintCell(pixels: Uint32Array, width: number, box: PixelBox, fragment: number, scene: PixelScene): void {
  const { left, top, right, bottom } = box
  const colour = scene.colours[scene.classOf[fragment] ?? 0] ?? 0
  const gap = right - left >= GAP_FROM && bottom - top >= GAP_FROM ? 1 : 0
  const isBroken = scene.broken?.[fragment] === 1
  const cellRight = right - gap
  const cellBottom = bottom - gap
  for (let y = top; y < cellBottom; y++) {
    const line = y * width
    if (cellRight - left >= FILL_FROM) pixels.fill(colour, line + left, line + cellRight)
    else for (let x = line + left; x < line + cellRight; x++) pixels[x] = colour
    if (isBroken) for (let x = left; x < cellRight; x++) if ((x + y) % HATCH < 2) pixels[line + x] = scene.brokenColour
    if (gap === 1) pixels[line + cellRight] = scene.gapColour
  }
  if (gap === 1) pixels.fill(scene.gapColour, cellBottom * width + left, cellBottom * width + right)
}

/** In the order of ids a view is a run of lines: cells before the first line in sight need no look. */
function firstInSight({ layout, view }: PixelScene): number {
  if (layout.rows.some(({ isAcross }) => !isAcross)) return 0
  const { y } = toPlot(view, 0, 0)
  return cellAt(layout, 0, Math.max(0, y)) ?? 0
}

function lastInSight({ layout, view, density }: PixelScene, width: number, height: number): number {
  if (layout.rows.some(({ isAcross }) => !isAcross)) return layout.count
  const { y } = toPlot(view, width / density, height / density)
  const last = cellAt(layout, layout.width * (1 - 1e-9), Math.min(layout.height * (1 - 1e-9), y))
  return last === undefined ? layout.count : last + 1
}

function edge(edges: Float64Array, at: number): number {
  return edges[at] ?? 0
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)))
}

/** `#rrggbb`, or `#rgb` as style sheets shorten it, as an opaque pixel: red first in memory, little-endian. */
export function toPixel(hex: string): number {
  const digits = hex.length < 7 ? hex.slice(1, 4).replace(/./g, '$&$&') : hex.slice(1, 7)
  const value = Number.parseInt(digits, 16)
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255]
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** True when dark text reads better on a colour than light text. */
export function isLight(pixel: number): boolean {
  const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
  return red * 0.299 + green * 0.587 + blue * 0.114 > 140
}
