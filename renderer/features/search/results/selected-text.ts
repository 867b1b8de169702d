import type { GridSelection } from '#renderer/grid/index.ts'
import type { ResultSource } from './result-source.ts'

/** Selected cells as tab-separated text, range after range, as they are shown. */
export function selectedText(
  source: Pick<ResultSource, 'cell'>,
  { ranges }: GridSelection,
  columnIds: readonly string[],
): string {
  const lines = ranges.flatMap(({ from, to }) => {
    const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)]
    const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)]
    const columns = columnIds.slice(left, right + 1)
    return Array.from({ length: bottom - top + 1 }, (_, i) =>
      columns.map((column) => textOf(source, top + i, column)).join('\t'),
    )
  })
  return lines.join('\n')
}

function textOf(source: Pick<ResultSource, 'cell'>, row: number, column: string): string {
  const cell = source.cell(row, column)
  return 'text' in cell ? cell.text.replaceAll(/[\t\r\n]+/g, ' ') : ''
}
