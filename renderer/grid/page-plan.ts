/** Rows [rowStart, rowEnd). */
export interface RowWindow {
  readonly rowStart: number
  readonly rowEnd: number
}

/**
 * Pages to have for a window, most wanted first: those on screen from the leading edge on, then the next one in the
 * direction of travel, then the one behind. `before` is the window shown last.
 */
export function planPages(before: RowWindow, now: RowWindow, rowsPerPage: number, rowCount: number): readonly number[] {
  const visible = pagesOf(now, rowsPerPage)
  const first = visible[0]
  const last = visible.at(-1)
  if (first === undefined || last === undefined) return []
  const lastPage = Math.ceil(rowCount / rowsPerPage) - 1
  const isUpward = now.rowStart < before.rowStart
  const ahead = isUpward ? first - 1 : last + 1
  const behind = isUpward ? last + 1 : first - 1
  const around = [ahead, behind].filter((page) => page >= 0 && page <= lastPage)
  return [...(isUpward ? visible.toReversed() : visible), ...around]
}

function pagesOf({ rowStart, rowEnd }: RowWindow, rowsPerPage: number): number[] {
  if (rowEnd <= rowStart) return []
  const first = Math.floor(rowStart / rowsPerPage)
  const last = Math.floor((rowEnd - 1) / rowsPerPage)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
