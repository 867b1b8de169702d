import type { Cell } from '../types.ts'
import type { Brush } from './brush.ts'

interface VectorBox {
  readonly x: number
  readonly width: number
  readonly middle: number
}

type VectorCell = Extract<Cell, { kind: 'vector' }>

const BARS = 24
const BAR_WIDTH = 2
const STRIP_HEIGHT = 14
const PADDING = 8
/** Shades per sign. */
const SHADES = 16
/** Position of each bar's colour in the palette, per cell; made once, for a frame draws thousands of bars. */
const strips = new WeakMap<VectorCell, Uint8Array>()

/** Negative shades from strong to weak, then positive ones from weak to strong. */
const PALETTE: readonly string[] = [
  ...Array.from({ length: SHADES }, (_, shade) => `rgba(231,106,110,${1 - shade / SHADES})`),
  ...Array.from({ length: SHADES }, (_, shade) => `rgba(76,144,240,${(shade + 1) / SHADES})`),
]

/** Heat strip of the values, then the text, then the note where there is room. */
export function paintVector(brush: Brush, cell: VectorCell, box: VectorBox): void {
  const strip = strips.get(cell) ?? makeStrip(cell)
  const left = box.x + PADDING
  const top = Math.round(box.middle - STRIP_HEIGHT / 2)
  for (let bar = 0; bar < strip.length; bar++) {
    brush.fill(PALETTE[strip[bar] ?? 0] ?? '', left + bar * BAR_WIDTH, top, BAR_WIDTH, STRIP_HEIGHT)
  }
  const textLeft = left + strip.length * BAR_WIDTH + 6
  const room = box.x + box.width - textLeft
  if (room < 20) return
  brush.text(brush.cut(cell.text, room, 'monoFont'), textLeft, box.middle, 'monoFont', brush.theme.vec)
  const noteLeft = textLeft + cell.text.length * brush.charWidth('monoFont') + PADDING
  if (cell.note !== undefined && noteLeft + cell.note.length * brush.charWidth('smallFont') < box.x + box.width) {
    brush.text(cell.note, noteLeft, box.middle, 'smallFont', brush.theme.fg3)
  }
}

/** Each bar stands for the mean of its share of the vector, scaled to the largest of these means. */
function makeStrip(cell: VectorCell): Uint8Array {
  const { values } = cell
  const count = Math.min(BARS, values.length)
  const means = Float64Array.from({ length: count }, (_, bar) =>
    meanOf(values, Math.floor((bar * values.length) / count), Math.floor(((bar + 1) * values.length) / count)),
  )
  const largest = means.reduce((max, mean) => Math.max(max, Math.abs(mean)), 0)
  const strip = Uint8Array.from(means, (mean) => shadeOf(largest === 0 ? 0 : mean / largest))
  strips.set(cell, strip)
  return strip
}

function meanOf(values: ArrayLike<number>, start: number, end: number): number {
  let sum = 0
  for (let index = start; index < end; index++) {
    const value = values[index] ?? 0
    if (Number.isFinite(value)) sum += value
  }
  return sum / Math.max(1, end - start)
}

/** -1…1 to a position in the palette. */
function shadeOf(share: number): number {
  const strength = Math.min(SHADES - 1, Math.floor(Math.abs(share) * SHADES))
  return share < 0 ? SHADES - 1 - strength : SHADES + strength
}
