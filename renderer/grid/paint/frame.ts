import { formatCount } from '#shared/model/format.ts'
import { screenX, type PlacedColumn } from '../layout.ts'
import { boundsOf } from '../selection.ts'
import type { ChangeMark, GridSelection, GridSource } from '../types.ts'
import { rowY, visibleColumns, visibleRows, type Viewport } from '../viewport.ts'
import type { Brush } from './brush.ts'
import { paintCell } from './cell.ts'
import type { Thumbnails } from './image.ts'

export interface Scene {
  readonly view: Viewport
  readonly source: GridSource
  readonly selection: GridSelection
  readonly isFocused: boolean
  readonly thumbnails: Thumbnails
}

/** Paints everything below the header. */
export function paintFrame(brush: Brush, scene: Scene): void {
  const { view } = scene
  const { rowStart, rowEnd } = visibleRows(view)
  const columns = visibleColumns(view)
  brush.forget()
  brush.fill(brush.theme.bg0, 0, view.headerHeight, view.width, view.height - view.headerHeight)
  paintRows(brush, scene, rowStart, rowEnd)
  for (const column of columns) paintColumn(brush, scene, column, rowStart, rowEnd)
  paintGutter(brush, scene, rowStart, rowEnd)
  paintLines(brush, view, columns, rowStart, rowEnd)
  paintActive(brush, scene)
}

/** Right edge of the rows: where the last column ends, or the view. */
function rowsEnd(view: Viewport): number {
  return Math.min(view.width, Math.max(view.layout.pinnedEnd, view.layout.totalWidth - view.left))
}

function paintRows(brush: Brush, { view, selection }: Scene, rowStart: number, rowEnd: number): void {
  const end = rowsEnd(view)
  for (let row = rowStart; row < rowEnd; row++) {
    const color = row === selection.active.row ? brush.theme.sel : row % 2 === 1 ? brush.theme.zebra : undefined
    if (color !== undefined) brush.fill(color, 0, rowY(view, row), end, view.rowHeight)
  }
}

function paintColumn(brush: Brush, scene: Scene, column: PlacedColumn, rowStart: number, rowEnd: number): void {
  const { view, source } = scene
  const { context } = brush
  const x = screenX(column, view.left)
  const clipLeft = column.pinned ? x : Math.max(x, view.layout.pinnedEnd)
  context.save()
  context.beginPath()
  context.rect(clipLeft, view.headerHeight, x + column.width - clipLeft, view.height)
  context.clip()
  paintSelected(brush, scene, column, x)
  const alignEnd = column.column.align === 'end'
  for (let row = rowStart; row < rowEnd; row++) {
    const y = rowY(view, row)
    const box = { x, y, width: column.width, height: view.rowHeight, middle: y + view.rowHeight / 2 + 0.5, alignEnd }
    paintCell(brush, source.cell(row, column.id), box, scene.thumbnails)
  }
  context.restore()
  brush.forget()
}

function paintSelected(brush: Brush, { view, selection }: Scene, column: PlacedColumn, x: number): void {
  for (const range of selection.ranges) {
    const { rowFirst, rowLast, columnFirst, columnLast } = boundsOf(range)
    if (column.index < columnFirst || column.index > columnLast) continue
    const top = Math.max(view.headerHeight, rowY(view, rowFirst))
    const bottom = Math.min(view.height, rowY(view, rowLast + 1))
    if (bottom > top) brush.fill(brush.theme.accBg, x, top, column.width, bottom - top)
  }
}

function paintGutter(brush: Brush, { view, source, selection }: Scene, rowStart: number, rowEnd: number): void {
  const { theme } = brush
  const width = view.layout.gutterWidth
  brush.fill(theme.bg1, 0, view.headerHeight, width, view.height - view.headerHeight)
  for (let row = rowStart; row < rowEnd; row++) {
    const mark = source.rowMark?.(row)
    if (mark !== undefined) paintMark(brush, mark, rowY(view, row), view.rowHeight)
    const color = row === selection.active.row ? theme.acc : theme.fg3
    brush.text(formatCount(row), width - 9, rowY(view, row) + view.rowHeight / 2 + 0.5, 'smallFont', color, 'right')
  }
}

const MARKS = {
  added: { sign: '+', color: 'ok' },
  removed: { sign: '−', color: 'bad' },
  changed: { sign: '~', color: 'warn' },
} as const

/** A stripe and a sign beside the row's number, for eyes that see no colours as well. */
function paintMark(brush: Brush, mark: ChangeMark, y: number, height: number): void {
  const { sign, color } = MARKS[mark]
  brush.fill(brush.theme[color], 0, y, 3, height - 1)
  brush.text(sign, 7, y + height / 2 + 0.5, 'monoFont', brush.theme[color])
}

/** Hairlines as filled rectangles on whole px: a stroked path of the same lines costs several times as much. */
function paintLines(
  brush: Brush,
  view: Viewport,
  columns: readonly PlacedColumn[],
  rowStart: number,
  rowEnd: number,
): void {
  const { line, line2 } = brush.theme
  const end = rowsEnd(view)
  for (let row = rowStart; row < rowEnd; row++) {
    const y = Math.round(rowY(view, row + 1)) - 1
    if (y > view.headerHeight) brush.fill(line, 0, y, end, 1)
  }
  const bottom = Math.min(view.height, Math.round(rowY(view, rowEnd)))
  const height = bottom - view.headerHeight
  if (height <= 0) return
  brush.fill(line, view.layout.gutterWidth - 1, view.headerHeight, 1, height)
  for (const column of columns) {
    const x = Math.round(screenX(column, view.left) + column.width) - 1
    const isLastPinned = column.pinned && column.index === view.layout.pinnedCount - 1
    if (column.pinned || x >= view.layout.pinnedEnd)
      brush.fill(isLastPinned ? line2 : line, x, view.headerHeight, 1, height)
  }
}

function paintActive(brush: Brush, { view, selection, isFocused }: Scene): void {
  const column = view.layout.columns[selection.active.column]
  const y = rowY(view, selection.active.row)
  if (column === undefined || y + view.rowHeight <= view.headerHeight || y >= view.height || view.rowCount === 0) return
  const { context, theme } = brush
  const x = screenX(column, view.left)
  const clipLeft = column.pinned ? 0 : view.layout.pinnedEnd
  context.save()
  context.beginPath()
  context.rect(clipLeft, view.headerHeight, view.width - clipLeft, view.height)
  context.clip()
  context.strokeStyle = isFocused ? theme.acc : theme.line2
  context.lineWidth = 2
  context.strokeRect(x, y, column.width - 2, view.rowHeight - 2)
  context.restore()
  brush.forget()
}
