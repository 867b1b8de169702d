import { formatCount } from '#shared/model/format.ts'
import type { GridColumn } from './types.ts'

/** Row height in px. */
export const ROW_HEIGHT = 26
/** Height of rows whose cells may show two values, in px. */
export const TALL_ROW_HEIGHT = 40
/** Header height in px without and with a detail line. */
export const HEADER_HEIGHT = 40
export const HEADER_HEIGHT_WITH_DETAIL = 64
export const MIN_COLUMN_WIDTH = 32
export const MAX_COLUMN_WIDTH = 2000

/** A visible column with its place. `x` is px from the content's left edge, gutter included; pinned ones never move. */
export interface PlacedColumn {
  readonly id: string
  /** 0-based among the visible columns. */
  readonly index: number
  readonly x: number
  readonly width: number
  readonly pinned: boolean
  readonly column: GridColumn
}

export interface GridLayout {
  readonly columns: readonly PlacedColumn[]
  /** Width of the row-number gutter. */
  readonly gutterWidth: number
  /** Where pinned columns end and scrolling ones may appear. */
  readonly pinnedEnd: number
  readonly pinnedCount: number
  readonly totalWidth: number
}

/** Places columns left to right; `pinned` come first. */
export function placeColumns(
  pinned: readonly SizedColumn[],
  scrolling: readonly SizedColumn[],
  gutterWidth: number,
): GridLayout {
  let x = gutterWidth
  const columns = [...pinned, ...scrolling].map(({ column, width }, index): PlacedColumn => {
    const placed = { id: column.id, index, x, width, pinned: index < pinned.length, column }
    x += width
    return placed
  })
  const lastPinned = columns[pinned.length - 1]
  return {
    columns,
    gutterWidth,
    pinnedEnd: lastPinned === undefined ? gutterWidth : lastPinned.x + lastPinned.width,
    pinnedCount: pinned.length,
    totalWidth: x,
  }
}

export interface SizedColumn {
  readonly column: GridColumn
  readonly width: number
}

/** Positions in `columns` of the scrolling columns on screen, [start, end). */
export function visibleScrollingColumns(
  layout: GridLayout,
  scrollLeft: number,
  viewWidth: number,
): { start: number; end: number } {
  const left = scrollLeft + layout.pinnedEnd
  const right = scrollLeft + viewWidth
  const start = firstColumn(layout, (column) => column.x + column.width > left)
  const end = firstColumn(layout, (column) => column.x >= right)
  return { start, end: Math.max(start, end) }
}

/** First scrolling column for which a condition that stays true to the right holds. */
function firstColumn(layout: GridLayout, isPast: (column: PlacedColumn) => boolean): number {
  let low = layout.pinnedCount
  let high = layout.columns.length
  while (low < high) {
    const middle = (low + high) >> 1
    const column = layout.columns[middle]
    if (column !== undefined && isPast(column)) high = middle
    else low = middle + 1
  }
  return low
}

/** Screen x of a column's left edge. */
export function screenX(column: PlacedColumn, scrollLeft: number): number {
  return column.pinned ? column.x : column.x - scrollLeft
}

/** Room for the highest row number, and for a mark before it where rows have one, in px. */
export function gutterWidthFor(rowCount: number, hasMarks = false): number {
  const numbers = Math.max(44, Math.ceil(formatCount(rowCount).length * 6.4) + 20)
  return hasMarks ? numbers + 12 : numbers
}

export function clampWidth(width: number): number {
  return Math.round(Math.max(MIN_COLUMN_WIDTH, Math.min(MAX_COLUMN_WIDTH, width)))
}

/** True when both place the same columns alike. */
export function isSameLayout(a: GridLayout, b: GridLayout): boolean {
  return (
    a.gutterWidth === b.gutterWidth &&
    a.pinnedCount === b.pinnedCount &&
    a.columns.length === b.columns.length &&
    a.columns.every(
      ({ column, width }, index) => column === b.columns[index]?.column && width === b.columns[index]?.width,
    )
  )
}
