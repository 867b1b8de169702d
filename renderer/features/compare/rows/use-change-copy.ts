import { useCallback, useEffect, useRef } from 'react'
import { COPY_CELLS_MAX, planCopy, writeTable } from '#renderer/features/data/index.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { GridSelection } from '#renderer/grid/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { fixedRef } from '../sides/side-label.ts'
import type { ChangeGridProps } from './change-grid.tsx'
import { collectChanges } from './collect-changes.ts'

export type ChangeCopyFormat = 'tsv' | 'csv' | 'json'
export type ChangeCopySide = 'now' | 'before'

type Copy = (
  selection: GridSelection,
  columnIds: readonly string[],
  format: ChangeCopyFormat,
  side: ChangeCopySide,
) => void

/** Copies selected cells of differing rows, whole, as they are or as they were. */
export function useChangeCopy({
  sides,
  summary,
  schemas,
  source,
}: Pick<ChangeGridProps, 'sides' | 'summary' | 'schemas' | 'source'>): Copy {
  const api = useApi()
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  return useCallback(
    (selection, columnIds, format, side) => {
      const planned = planCopy(selection, columnIds)
      if (!planned.ok) {
        showToast({
          title: 'Too much to copy',
          text: `The selection has ${formatNoun(planned.cells, 'cell')}; the clipboard takes ${formatNoun(COPY_CELLS_MAX, 'cell')}.`,
        })
        return
      }
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const { plan } = planned
      const states = {
        from: { dataset: sides.from.dataset, at: fixedRef(summary.from) },
        to: { dataset: sides.to.dataset, at: fixedRef(summary.to) },
      }
      const copy = async (): Promise<void> => {
        const rows = await collectChanges({ api, source, plan, side, states, schemas, signal: controller.signal })
        await navigator.clipboard.writeText(writeTable({ columns: plan.columns, rows }, format, format === 'csv'))
        const cells = rows.length * plan.columns.length
        showToast({
          title: `${formatNoun(cells, 'cell')} copied${side === 'before' ? ' as they were' : ''}`,
        })
      }
      copy().catch((error: unknown) => {
        if (controller.signal.aborted || isCancelled(error)) return
        showToast({ kind: 'bad', title: 'Nothing was copied', text: toErrorValue(error).message })
      })
    },
    [api, sides, summary, schemas, source],
  )
}
