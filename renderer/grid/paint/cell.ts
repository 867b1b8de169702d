import type { Cell, Tone } from '../types.ts'
import type { Brush, Face, FittedText } from './brush.ts'
import { CELL_PADDING, type CellBox } from './cell-box.ts'
import { paintImage, type Thumbnails } from './image.ts'
import { paintMarked } from './marked.ts'
import type { GridTheme } from './theme.ts'
import { paintVector } from './vector.ts'

export function paintCell(brush: Brush, cell: Cell, box: CellBox, thumbnails: Thumbnails): void {
  switch (cell.kind) {
    case 'loading':
      paintGhost(brush, box)
      return
    case 'error':
      brush.text(
        `⚠ ${brush.cut(cell.message, box.width, 'textFont')}`,
        box.x + CELL_PADDING,
        box.middle,
        'textFont',
        brush.theme.bad,
      )
      return
    case 'null':
      paintNull(brush, box)
      return
    case 'text':
      paintText(brush, cell, box)
      return
    case 'vector':
      paintVector(brush, cell, box)
      return
    case 'image':
      paintImage(brush, cell, box, thumbnails)
      return
    case 'change':
      paintChange(brush, cell, box, thumbnails)
  }
}

/** The former value above, the new one below, each in its colour: the place tells as much as the colour does. */
function paintChange(
  brush: Brush,
  { before, after }: Extract<Cell, { kind: 'change' }>,
  box: CellBox,
  thumbnails: Thumbnails,
): void {
  const height = Math.floor(box.height / 2)
  const lower = box.y + height
  brush.fill(brush.theme.badBg, box.x, box.y, box.width, height)
  brush.fill(brush.theme.okBg, box.x, lower, box.width, box.height - height)
  paintCell(brush, before, { ...box, height, middle: box.y + height / 2 + 0.5 }, thumbnails)
  paintCell(brush, after, { ...box, y: lower, height, middle: lower + height / 2 }, thumbnails)
}

/** A bar where text will be; its length varies by place so that a loading screen does not look like a table of bars. */
function paintGhost(brush: Brush, box: CellBox): void {
  const room = Math.max(0, box.width - 2 * CELL_PADDING)
  const share = 0.35 + 0.45 * (((Math.round(box.x) * 7 + Math.round(box.y) * 13) % 97) / 97)
  const width = room * share
  const x = box.alignEnd ? box.x + box.width - CELL_PADDING - width : box.x + CELL_PADDING
  brush.fill(brush.theme.bg2, x, box.middle - 4, width, 8)
}

/** An outlined word, so that no text can be mistaken for it. */
function paintNull(brush: Brush, box: CellBox): void {
  const width = 4 * brush.charWidth('italicFont') + 8
  const x = box.alignEnd ? box.x + box.width - CELL_PADDING - width : box.x + CELL_PADDING
  brush.fill(brush.theme.bg2, x, box.middle - 8, width, 15)
  brush.text('NULL', x + 4, box.middle, 'italicFont', brush.theme.fg3)
}

function paintText(brush: Brush, cell: TextCell, box: CellBox): void {
  const face = FACES[cell.tone]
  const color = colorOf(brush.theme, cell)
  const noteWidth = cell.note === undefined ? 0 : cell.note.length * brush.charWidth('smallFont') + CELL_PADDING
  const room = box.width - 2 * CELL_PADDING - noteWidth
  if (cell.marked !== undefined) {
    paintMarked(brush, cell.marked, { ...box, width: box.width - noteWidth }, face, color)
    if (cell.note === undefined || room < 0) return
    brush.text(cell.note, box.x + box.width - noteWidth, box.middle, 'smallFont', brush.theme.fg3)
    return
  }
  const fitted = fittedText(brush, cell, room, face)
  const left = box.x + CELL_PADDING
  const right = box.x + box.width - CELL_PADDING
  if (box.alignEnd) brush.text(fitted.text, right - noteWidth, box.middle, face, color, 'right')
  else brush.text(fitted.text, left, box.middle, face, color)
  if (cell.note === undefined || room < 0) return
  // After a text that ends early, else at the cell's end.
  const noteLeft = box.alignEnd || fitted.text !== cell.text ? right - noteWidth : left + fitted.width
  brush.text(cell.note, noteLeft + CELL_PADDING, box.middle, 'smallFont', brush.theme.fg3)
}

type TextCell = Extract<Cell, { kind: 'text' }>

/** What was last made of a cell's text: a frame draws thousands, mostly those of the frame before. */
const fittedTexts = new WeakMap<
  TextCell,
  { readonly brush: Brush; readonly room: number; readonly fitted: FittedText }
>()

function fittedText(brush: Brush, cell: TextCell, room: number, face: Face): FittedText {
  const known = fittedTexts.get(cell)
  // A new theme or font comes with a new brush.
  if (known !== undefined && known.room === room && known.brush === brush) return known.fitted
  if (face === 'textFont' && brush.measuresLeft-- <= 0)
    return { text: brush.cut(cell.text, room, face), width: Math.max(0, room) }
  const fitted = brush.fit(cell.text, room, face)
  fittedTexts.set(cell, { brush, room, fitted })
  return fitted
}

const FACES = {
  plain: 'textFont',
  string: 'textFont',
  number: 'monoFont',
  boolean: 'monoFont',
  temporal: 'monoFont',
  nested: 'monoFont',
  binary: 'monoFont',
  special: 'italicFont',
} as const satisfies Record<Tone, string>

function colorOf(theme: GridTheme, cell: Extract<Cell, { kind: 'text' }>): string {
  switch (cell.tone) {
    case 'plain':
    case 'string':
    case 'temporal':
      return theme.fg
    case 'number':
      return theme.num
    case 'boolean':
      return cell.text === 'false' ? theme.bad : theme.ok
    case 'nested':
      return theme.str
    case 'binary':
      return theme.fg2
    case 'special':
      return theme.warn
  }
}
