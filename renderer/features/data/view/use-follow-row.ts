import { useCallback, useEffect, useRef } from 'react'
import { getWorkspace, inspect } from '#renderer/features/workspace/index.ts'
import type { RowsSource } from '../rows/rows-source.ts'

/** Wait after the last cursor move, so that a held arrow key does not fetch every row it passes. */
const SETTLE_MS = 80

/** The history in front, and the row it is shown beside. */
function shownHistory(dataset: string) {
  const target = getWorkspace().inspected[dataset]
  if (target?.kind !== 'row' || target.history === undefined) return undefined
  return { rowId: target.rowId, target: target.history }
}

/** Shows the active row in the inspector, as soon as its id is known. */
export function useFollowRow(dataset: string, source: RowsSource | null): (row: number, column: string) => void {
  const wanted = useRef<{ readonly row: number; readonly column: string } | null>(null)
  const followed = useRef<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const tryToShow = useCallback(() => {
    const rowId = wanted.current === null ? undefined : source?.rowId(wanted.current.row)
    if (wanted.current === null || rowId === undefined) return
    const { row, column } = wanted.current
    wanted.current = null
    const isSameRow = followed.current === row
    followed.current = row
    const history = shownHistory(dataset)
    const isItsRow = history !== undefined && history.rowId === rowId
    // Travelling along a row's history brings other rows under the cursor, which stays where it is.
    if (isSameRow && history !== undefined && !isItsRow) return
    inspect(dataset, { kind: 'row', rowId, rowNumber: row, column, ...(isItsRow ? { history: history.target } : {}) })
  }, [dataset, source])

  useEffect(() => source?.subscribe(tryToShow), [source, tryToShow])
  useEffect(() => () => clearTimeout(timer.current), [])

  return useCallback(
    (row, column) => {
      wanted.current = { row, column }
      clearTimeout(timer.current)
      timer.current = setTimeout(tryToShow, SETTLE_MS)
    },
    [tryToShow],
  )
}
