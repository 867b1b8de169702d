import { useCallback, useEffect, useRef } from 'react'
import { inspect, type InspectorTarget } from '#renderer/features/workspace/index.ts'
import { isCancelled } from '#shared/errors.ts'
import type { ComparedState, CompareSummary } from '#shared/model/compare.ts'
import type { OpenCompare } from '../compare-store.ts'
import type { ChangeSource } from './change-source.ts'

/** Wait after the last cursor move, so that a held arrow key does not fetch every row it passes. */
const SETTLE_MS = 80

/** Shows the active row in the inspector as it was and as it is. */
export function useFollowChange(
  dataset: string,
  source: ChangeSource,
  summary: CompareSummary,
  sides: OpenCompare,
): (row: number, column: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const running = useRef<AbortController | null>(null)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      running.current?.abort()
    },
    [],
  )
  return useCallback(
    (row, column) => {
      clearTimeout(timer.current)
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const show = async (): Promise<void> => {
        try {
          // All columns of the one row: the grid knows only those on screen.
          const page = await source.fetch(row, 1, undefined, controller.signal)
          if (controller.signal.aborted || page.rowCount === 0) return
          const ids = page.rowIds(0)
          const target: InspectorTarget = {
            kind: 'row-change',
            rowNumber: row,
            from: ids.from === undefined ? null : rowAt(sides.from.dataset, summary.from, ids.from),
            to: ids.to === undefined ? null : rowAt(sides.to.dataset, summary.to, ids.to),
            changed: page.changed(0),
            column,
          }
          inspect(dataset, target)
        } catch (error) {
          // What failed is said in the grid's own cells, where the row is.
          if (!isCancelled(error) && !controller.signal.aborted) inspect(dataset, null)
        }
      }
      timer.current = setTimeout(() => void show(), SETTLE_MS)
    },
    [dataset, source, summary, sides],
  )
}

function rowAt(dataset: string, { branch, version }: ComparedState, rowId: string) {
  return { dataset, version, rowId, ...(branch === undefined ? {} : { branch }) }
}
