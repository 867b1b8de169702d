import { useCallback, useRef, useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { GridSelection } from '#renderer/grid/types.ts'
import { formatNoun } from '#shared/model/format.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { collectCells, type Collected, type CopySource } from '../copy/collect.ts'
import { COPY_CELLS_MAX, planCopy } from '../copy/plan.ts'
import { type CopyFormat, vectorToJson, vectorToNumpy, writeTable } from '../copy/write.ts'

/** A copy under way. */
export interface CopyProgress {
  readonly cellsDone: number
  readonly cells: number
}

export interface Copier {
  readonly progress: CopyProgress | null
  copy(selection: GridSelection, columnIds: readonly string[], format: CopyFormat, withHeader: boolean): void
  /** One vector cell, whole. */
  copyVector(row: number, column: string, format: 'json' | 'numpy'): void
  cancel(): void
}

/** Copies selections with whole values, fetching what is not on screen. */
export function useCopy(source: CopySource | null, schema: readonly SchemaField[]): Copier {
  const api = useApi()
  const [progress, setProgress] = useState<CopyProgress | null>(null)
  const running = useRef<AbortController | null>(null)

  const collect = useCallback(
    async (selection: GridSelection, columnIds: readonly string[]) => {
      const planned = planCopy(selection, columnIds)
      if (source === null) return null
      if (!planned.ok) {
        showToast({
          title: 'Too much to copy',
          text: `The selection has ${formatNoun(planned.cells, 'cell')}; the clipboard takes ${formatNoun(COPY_CELLS_MAX, 'cell')}. Select less, or filter first.`,
        })
        return null
      }
      const { plan } = planned
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const cells = plan.rows.length * plan.columns.length
      // Small copies are done before a bar could be read.
      const isLong = cells > 5000
      if (isLong) setProgress({ cellsDone: 0, cells })
      try {
        const onProgress = (cellsDone: number): void => void (isLong && setProgress({ cellsDone, cells }))
        return await collectCells({ source, plan, api, schema, signal: controller.signal, onProgress })
      } finally {
        setProgress(null)
      }
    },
    // oxlint-disable-next-line react/memo-dependencies -- all three are used inside the guarded block
    [api, schema, source],
  )

  const copy = useCallback(
    (selection: GridSelection, columnIds: readonly string[], format: CopyFormat, withHeader: boolean) => {
      void guarded(async () => {
        const collected = await collect(selection, columnIds)
        if (collected === null) return
        await navigator.clipboard.writeText(writeTable(collected.table, format, withHeader))
        const cells = collected.table.rows.length * collected.table.columns.length
        const remark = remarkOn(collected)
        showToast({
          title: `${formatNoun(cells, 'cell')} copied as ${format.toUpperCase()}`,
          ...(remark === '' ? {} : { text: remark }),
        })
      })
    },
    [collect],
  )

  const copyVector = useCallback(
    (row: number, column: string, format: 'json' | 'numpy') => {
      void guarded(async () => {
        const at = { row, column: 0 }
        const value = (await collect({ active: at, ranges: [] }, [column]))?.table.rows[0]?.[0]
        if (value?.kind !== 'vector') return
        await navigator.clipboard.writeText(format === 'json' ? vectorToJson(value) : vectorToNumpy(value))
        showToast({ title: `Vector copied as ${format === 'json' ? 'JSON' : 'NumPy'}` })
      })
    },
    [collect],
  )

  const cancel = useCallback(() => running.current?.abort(), [])
  return { progress, copy, copyVector, cancel }
}

function remarkOn({ leftOut, unreadable }: Collected): string {
  return [
    ...(leftOut === 0 ? [] : [`${formatNoun(leftOut, 'cell')} over 1 MB are named by size only.`]),
    ...(unreadable.length === 0 ? [] : [`Left empty, for LanceDB cannot read them: ${unreadable.join(', ')}.`]),
  ].join(' ')
}

async function guarded(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (isCancelled(error) || (error instanceof DOMException && error.name === 'AbortError')) return
    const text =
      error instanceof DOMException ? 'The clipboard is not available to this window.' : toErrorValue(error).message
    showToast({ kind: 'bad', title: 'Nothing was copied', text })
  }
}
