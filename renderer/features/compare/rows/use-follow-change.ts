import { useEffect, useMemo, useRef } from 'react'
import {
  findTab,
  inspect,
  type InspectorTarget,
  type RowAt,
  switchBranch,
  travelTo,
} from '#renderer/features/workspace/index.ts'
import { isCancelled } from '#shared/errors.ts'
import type { ComparedState, CompareSummary } from '#shared/model/compare.ts'
import type { OpenCompare } from '../compare-store.ts'
import { areFieldsById } from './change-page.ts'
import type { ChangeSource } from './change-source.ts'

/** Wait after the last cursor move, so that a held arrow key does not fetch every row it passes. */
const SETTLE_MS = 80

export interface ChangeFollower {
  /** Shows a row in the inspector as it was and as it is, once the cursor rests. */
  follow(row: number, column: string): void
  /** Shows what happened to a row over the versions, as far as it belongs to the tab's own dataset. */
  showHistory(row: number): void
}

/** Brings rows of a comparison into the inspector; the newest wish wins. */
export function useFollowChange(
  dataset: string,
  source: ChangeSource,
  summary: CompareSummary,
  sides: OpenCompare,
): ChangeFollower {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const running = useRef<AbortController | null>(null)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      running.current?.abort()
    },
    [],
  )
  return useMemo(() => {
    const fetchRow = async (row: number, show: (change: RowChange) => void): Promise<void> => {
      clearTimeout(timer.current)
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      try {
        // All columns of the one row: the grid knows only those on screen.
        const page = await source.fetch(row, 1, undefined, controller.signal)
        if (controller.signal.aborted || page.rowCount === 0) return
        const ids = page.rowIds(0)
        show({
          from: ids.from === undefined ? null : rowAt(sides.from.dataset, summary.from, ids.from),
          to: ids.to === undefined ? null : rowAt(sides.to.dataset, summary.to, ids.to),
          changed: page.changed(0),
          areFieldsById: areFieldsById(summary),
        })
      } catch (error) {
        // What failed is said in the grid's own cells, where the row is.
        if (!isCancelled(error) && !controller.signal.aborted) inspect(dataset, null)
      }
    }
    return {
      follow: (row, column) => {
        clearTimeout(timer.current)
        const show = (change: RowChange): void =>
          inspect(dataset, { kind: 'row-change', rowNumber: row, column, ...change })
        timer.current = setTimeout(() => void fetchRow(row, show), SETTLE_MS)
      },
      showHistory: (row) => void fetchRow(row, ({ from, to }) => void showHistory(dataset, to ?? from)),
    }
  }, [dataset, source, summary, sides])
}

type RowChange = Pick<InspectorTarget & { readonly kind: 'row-change' }, 'from' | 'to' | 'changed' | 'areFieldsById'>

/** A row's history is read in the version the row is in, so the window goes there when it shows another one. */
async function showHistory(dataset: string, row: RowAt | null): Promise<void> {
  if (row?.dataset !== dataset) return
  if (findTab(dataset)?.branch !== row.branch) await switchBranch(dataset, row.branch)
  if (findTab(dataset)?.version !== row.version) travelTo(dataset, row.version)
  inspect(dataset, { kind: 'row', rowId: row.rowId, rowNumber: null, history: { row } })
}

function rowAt(dataset: string, { branch, version }: ComparedState, rowId: string): RowAt {
  return { dataset, version, rowId, ...(branch === undefined ? {} : { branch }) }
}
