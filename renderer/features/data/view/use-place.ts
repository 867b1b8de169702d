import { type RefObject, useCallback, useEffect, useEffectEvent, useMemo } from 'react'
import { getWorkspace } from '#renderer/features/workspace/index.ts'
import type { GridHandle } from '#renderer/grid/types.ts'
import type { RowsQuery, RowsSource } from '../rows/rows-source.ts'
import { useFollowRow } from './use-follow-row.ts'

/** Where a person was in a view. */
interface Place {
  /** Filter and order the row numbers count in. */
  readonly view: string
  /** Active cell. */
  readonly row: number
  readonly column: string
  /** First row on screen. */
  readonly top: number
}

/** By dataset handle; kept while the window lives. */
const places = new Map<string, Place>()

function viewText({ filter, sort }: RowsQuery): string {
  return JSON.stringify([filter, sort])
}

/** The place kept for a view; undefined when another view of the dataset was seen last. */
function placeIn(query: RowsQuery): Place | undefined {
  const place = places.get(query.dataset)
  return place?.view === viewText(query) ? place : undefined
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
  const before = useMemo(() => placeIn(source.query), [source])

  const settle = useEffectEvent(() => {
    if (source.rowCount === 0 || firstColumn === undefined) return
    const target = getWorkspace().inspected[dataset]
    if (before !== undefined && (before.row > 0 || before.top > 0)) {
      grid.current?.goTo(Math.min(before.row, source.rowCount - 1), before.column)
      grid.current?.scrollToRow(before.top)
    }
    if (before === undefined || before.row === 0) {
      if (target === undefined || target.kind === 'row') follow(0, firstColumn)
    }
  })
  const leave = useEffectEvent((left: RowsSource) => {
    const { row = 0, column = firstColumn ?? '' } = placeIn(left.query) ?? {}
    places.set(dataset, { view: viewText(left.query), row, column, top: left.topRow })
  })
  useEffect(() => {
    settle()
    return () => leave(source)
  }, [source])

  return useCallback(
    (row, column) => {
      places.set(dataset, { view: viewText(source.query), row, column, top: source.topRow })
      follow(row, column)
    },
    [dataset, source, follow],
  )
}
