import { clampWidth } from './layout.ts'
import { CELL_PADDING } from './paint/cell-box.ts'
import type { Brush } from './paint/brush.ts'
import type { Cell, GridColumn, GridSource } from './types.ts'

/** Room of a heat strip or a thumbnail before the text. */
const PICTURE_WIDTH = 56
/** Icon, sort mark and menu button beside the title. */
const HEADER_EXTRAS = 60
/** A person can drag wider; a double click should not fill the window with one column. */
const MAX_FITTED_WIDTH = 640

/** Width that shows the title and the cells of these rows whole, within reason. */
export function fittedWidth(
  brush: Brush,
  source: GridSource,
  column: GridColumn,
  rowStart: number,
  rowEnd: number,
): number {
  let widest = Math.max(
    brush.measure(column.title, 'textFont') + HEADER_EXTRAS,
    brush.measure(column.subtitle, 'smallFont') + 2 * CELL_PADDING,
  )
  for (let row = rowStart; row < rowEnd; row++) widest = Math.max(widest, cellWidth(brush, source.cell(row, column.id)))
  return clampWidth(Math.min(MAX_FITTED_WIDTH, Math.ceil(widest) + 2))
}

function cellWidth(brush: Brush, cell: Cell): number {
  switch (cell.kind) {
    case 'text': {
      const note = cell.note === undefined ? 0 : brush.measure(cell.note, 'smallFont') + CELL_PADDING
      const face = cell.tone === 'string' || cell.tone === 'plain' ? 'textFont' : 'monoFont'
      return brush.measure(cell.text.slice(0, 500), face) + note + 2 * CELL_PADDING
    }
    case 'vector':
    case 'image':
      return brush.measure(cell.text.slice(0, 500), 'monoFont') + PICTURE_WIDTH + 2 * CELL_PADDING
    case 'change':
      return Math.max(cellWidth(brush, cell.before), cellWidth(brush, cell.after))
    default:
      return 0
  }
}
