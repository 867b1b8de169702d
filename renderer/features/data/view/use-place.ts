import { type RefObject, useCallback, useEffect, useEffectEvent, useMemo } from 'react'
import { getWorkspace } from '#renderer/features/workspace/index.ts'
import type { GridHandle } from '#renderer/grid/types.ts'
import type { RowsQuery, RowsSource } from '../rows/rows-source.ts'
import { useFollowRow } from './use-follow-row.ts'

/** Where a person was in a view. */
interface Place {
  /** Filter and order the row number counts in. */
  readonly view: string
  readonly row: number
  readonly column: string
}

/** By dataset handle; kept while the window lives. */
const places = new Map<string, Place>()

function viewText({ filter, sort }: RowsQuery): string {
  return JSON.stringify([filter, sort])
}

/**
 * Follows the active cell: the inspector shows its row, and coming back to the same view, from another tab or at another
 * version, goes on where the person was. A new view starts at its first row. Returns the listener for cursor moves.
 */
export function usePlace(
  source: RowsSource,
  firstColumn: string | undefined,
  grid: RefObject<GridHandle | null>,
): (row: number, column: string) => void {
  const { dataset } = source.query
  const follow = useFollowRow(dataset, source)
  // Read before the grid takes the new source, for that moves its cursor to the top.
  const before = useMemo(() => places.get(source.query.dataset), [source])

  const settle = useEffectEvent(() => {
    if (source.rowCount === 0 || firstColumn === undefined) return
    const target = getWorkspace().inspected[dataset]
    if (before !== undefined && before.view === viewText(source.query) && before.row > 0) {
      grid.current?.goTo(Math.min(before.row, source.rowCount - 1), before.column)
    } else if (target === undefined || target.kind === 'row') follow(0, firstColumn)
  })
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every new source
  useEffect(() => settle(), [source])

  return useCallback(
    (row, column) => {
      places.set(dataset, { view: viewText(source.query), row, column })
      follow(row, column)
    },
    [dataset, source, follow],
  )
}
