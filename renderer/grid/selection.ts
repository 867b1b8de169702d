import type { CellPosition, CellRange, GridSelection } from './types.ts'

export const START_SELECTION: GridSelection = { active: { row: 0, column: 0 }, ranges: [] }

/** How a new cell joins the selection: alone, stretching the last range, or as a further range. */
export type SelectMode = 'replace' | 'extend' | 'add'

export interface GridSize {
  readonly rowCount: number
  readonly columnCount: number
}

export function selectCell(selection: GridSelection, to: CellPosition, mode: SelectMode): GridSelection {
  switch (mode) {
    case 'replace':
      return { active: to, ranges: [] }
    case 'extend': {
      const last = selection.ranges.at(-1)
      const range = { from: last?.from ?? selection.active, to }
      return { active: selection.active, ranges: [...selection.ranges.slice(0, -1), range] }
    }
    case 'add':
      return { active: to, ranges: [...keptRanges(selection), { from: to, to }] }
  }
}

/** Moves with arrow keys: with Shift the moving end of the last range goes there, without it the selection collapses. */
export function movingEnd(selection: GridSelection): CellPosition {
  return selection.ranges.at(-1)?.to ?? selection.active
}

export function selectRow(selection: GridSelection, row: number, size: GridSize, mode: SelectMode): GridSelection {
  const last = Math.max(0, size.columnCount - 1)
  const start = mode === 'extend' ? (selection.ranges.at(-1)?.from.row ?? selection.active.row) : row
  const range: CellRange = { from: { row: start, column: 0 }, to: { row, column: last } }
  if (mode === 'extend') return { active: selection.active, ranges: [...selection.ranges.slice(0, -1), range] }
  const active = { row, column: Math.min(selection.active.column, last) }
  return { active, ranges: mode === 'add' ? [...keptRanges(selection), range] : [range] }
}

export function selectColumn(selection: GridSelection, column: number, size: GridSize): GridSelection {
  const range: CellRange = { from: { row: 0, column }, to: { row: Math.max(0, size.rowCount - 1), column } }
  return { active: { row: selection.active.row, column }, ranges: [range] }
}

export function selectAll(selection: GridSelection, size: GridSize): GridSelection {
  if (size.rowCount === 0 || size.columnCount === 0) return selection
  const to = { row: size.rowCount - 1, column: size.columnCount - 1 }
  return { active: selection.active, ranges: [{ from: { row: 0, column: 0 }, to }] }
}

export function collapse(selection: GridSelection): GridSelection {
  return { active: selection.active, ranges: [] }
}

/** Keeps a selection inside a grid that shrank. */
export function clampSelection(selection: GridSelection, size: GridSize): GridSelection {
  const clamp = ({ row, column }: CellPosition): CellPosition => ({
    row: Math.max(0, Math.min(row, size.rowCount - 1)),
    column: Math.max(0, Math.min(column, size.columnCount - 1)),
  })
  return {
    active: clamp(selection.active),
    ranges: selection.ranges.map(({ from, to }) => ({ from: clamp(from), to: clamp(to) })),
  }
}

/** A range with its corners sorted; all bounds inclusive. */
export interface Bounds {
  readonly rowFirst: number
  readonly rowLast: number
  readonly columnFirst: number
  readonly columnLast: number
}

export function boundsOf({ from, to }: CellRange): Bounds {
  return {
    rowFirst: Math.min(from.row, to.row),
    rowLast: Math.max(from.row, to.row),
    columnFirst: Math.min(from.column, to.column),
    columnLast: Math.max(from.column, to.column),
  }
}

export function isSelected(selection: GridSelection, row: number, column: number): boolean {
  return selection.ranges.some((range) => {
    const { rowFirst, rowLast, columnFirst, columnLast } = boundsOf(range)
    return row >= rowFirst && row <= rowLast && column >= columnFirst && column <= columnLast
  })
}

/** A lone active cell becomes a range once another joins it. */
function keptRanges(selection: GridSelection): readonly CellRange[] {
  return selection.ranges.length > 0 ? selection.ranges : [{ from: selection.active, to: selection.active }]
}
