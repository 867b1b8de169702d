import { screenX, visibleScrollingColumns, type GridLayout, type PlacedColumn } from './layout.ts'

/** What the grid shows at one moment. Lengths in CSS px. */
export interface Viewport {
  readonly layout: GridLayout
  readonly rowCount: number
  readonly rowHeight: number
  readonly headerHeight: number
  readonly width: number
  /** Header included. */
  readonly height: number
  /** Content px above the first visible one. */
  readonly top: number
  readonly left: number
}

/** Rows on screen, partly visible ones included: [rowStart, rowEnd). */
export function visibleRows(view: Viewport): { readonly rowStart: number; readonly rowEnd: number } {
  const rowStart = Math.max(0, Math.floor(view.top / view.rowHeight))
  const bodyHeight = Math.max(0, view.height - view.headerHeight)
  return {
    rowStart,
    rowEnd: Math.max(rowStart, Math.min(view.rowCount, Math.ceil((view.top + bodyHeight) / view.rowHeight))),
  }
}

/** Columns on screen in display order: the pinned ones, then the scrolling ones. */
export function visibleColumns(view: Viewport): readonly PlacedColumn[] {
  const { start, end } = visibleScrollingColumns(view.layout, view.left, view.width)
  return [...view.layout.columns.slice(0, view.layout.pinnedCount), ...view.layout.columns.slice(start, end)]
}

/** Screen y of a row's top edge. The subtraction comes last, so that no precision is lost at a billion rows. */
export function rowY(view: Viewport, row: number): number {
  return view.headerHeight + (row * view.rowHeight - view.top)
}

/** Rows a page key moves by: one less than fit, so that one stays as a landmark. */
export function pageRows(view: Viewport): number {
  return Math.max(1, Math.floor((view.height - view.headerHeight) / view.rowHeight) - 1)
}

export type Hit =
  | { readonly kind: 'cell'; readonly row: number; readonly column: number }
  | { readonly kind: 'gutter'; readonly row: number }
  | { readonly kind: 'nothing' }

/** What lies under a point, in px from the grid's top left corner. */
export function hitTest(view: Viewport, x: number, y: number): Hit {
  const row = Math.floor((view.top + y - view.headerHeight) / view.rowHeight)
  if (y < view.headerHeight || row < 0 || row >= view.rowCount) return { kind: 'nothing' }
  if (x < view.layout.gutterWidth) return { kind: 'gutter', row }
  const column = columnAt(view, x)
  return column === undefined ? { kind: 'nothing' } : { kind: 'cell', row, column: column.index }
}

/** Nearest cell to a point that may lie outside, for drags; undefined in an empty grid. */
export function nearestCell(view: Viewport, x: number, y: number): { row: number; column: number } | undefined {
  const columns = visibleColumns(view)
  const last = columns[columns.length - 1]
  if (last === undefined || view.rowCount === 0) return undefined
  const inside = Math.max(
    view.layout.gutterWidth,
    Math.min(x, screenX(last, view.left) + last.width - 1, view.width - 1),
  )
  const { rowStart, rowEnd } = visibleRows(view)
  const row = Math.floor((view.top + y - view.headerHeight) / view.rowHeight)
  return {
    row: Math.max(rowStart, Math.min(rowEnd - 1, row)),
    column: (columnAt(view, inside) ?? last).index,
  }
}

function columnAt(view: Viewport, x: number): PlacedColumn | undefined {
  return visibleColumns(view).find((column) => {
    const left = screenX(column, view.left)
    return x >= left && x < left + column.width && (column.pinned || x >= view.layout.pinnedEnd)
  })
}

/** Scroll offsets that bring a cell fully into view with the least movement. */
export function offsetsToShow(
  view: Viewport,
  row: number,
  columnIndex: number,
): { readonly top: number; readonly left: number } {
  return { top: topToShow(view, row), left: leftToShow(view, columnIndex) }
}

function topToShow(view: Viewport, row: number): number {
  const start = row * view.rowHeight
  const bodyHeight = view.height - view.headerHeight
  if (start < view.top) return start
  return start + view.rowHeight > view.top + bodyHeight ? start + view.rowHeight - bodyHeight : view.top
}

function leftToShow(view: Viewport, columnIndex: number): number {
  const column = view.layout.columns[columnIndex]
  if (column === undefined || column.pinned) return view.left
  if (column.x - view.left < view.layout.pinnedEnd) return column.x - view.layout.pinnedEnd
  // A column wider than the room for it shows its start.
  const toEnd = Math.min(column.x + column.width - view.width, column.x - view.layout.pinnedEnd)
  return column.x + column.width - view.left > view.width ? toEnd : view.left
}
