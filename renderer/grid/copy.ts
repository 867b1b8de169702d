import { boundsOf } from './selection.ts'
import type { CellRange, GridSource } from './types.ts'
import { nameOf } from './mirror.ts'

/** Rows beyond this are left to the owner's copy, which reads them from the source of truth. */
const MAX_ROWS = 1000

/** What is painted, as TSV: for grids whose owner does not copy exact values itself. */
export function visibleTextOf(source: GridSource, range: CellRange, columnIds: readonly string[]): string {
  const { rowFirst, rowLast, columnFirst, columnLast } = boundsOf(range)
  const ids = columnIds.slice(columnFirst, columnLast + 1)
  const lines: string[] = []
  for (let row = rowFirst; row <= Math.min(rowLast, rowFirst + MAX_ROWS - 1); row++) {
    lines.push(ids.map((id) => textOf(source, row, id)).join('\t'))
  }
  return lines.join('\n')
}

function textOf(source: GridSource, row: number, columnId: string): string {
  const found = source.cell(row, columnId)
  const cell = found.kind === 'change' ? found.after : found
  return cell.kind === 'text' || cell.kind === 'vector' ? cell.text.replaceAll(/[\t\r\n]/g, ' ') : nameOf(cell)
}
