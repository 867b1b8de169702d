import { useCallback, useEffect, useRef } from 'react'
import { type CopyCell, fetchWholeValue, planCopy, writeTable } from '#renderer/features/data/index.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { GridSelection } from '#renderer/grid/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { hitText, isHitColumn } from './hit-columns.ts'
import type { ResultSource } from './result-source.ts'

export type ResultCopyFormat = 'tsv' | 'csv' | 'json'

export interface ResultPlace {
  readonly dataset: string
  readonly at: Ref
  readonly schema: readonly SchemaField[]
}

/** Copies selected cells of an answer; values that were cut are fetched whole. */
export function useResultCopy(
  { dataset, at, schema }: ResultPlace,
  source: ResultSource,
): (selection: GridSelection, columnIds: readonly string[], format: ResultCopyFormat) => void {
  const api = useApi()
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  return useCallback(
    (selection, columnIds, format) => {
      const planned = planCopy(selection, columnIds)
      if (!planned.ok) {
        showToast({ title: 'Too much to copy', text: `The selection has ${formatNoun(planned.cells, 'cell')}.` })
        return
      }
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const { plan } = planned
      const cellOf = async (row: number, column: string): Promise<CopyCell> => {
        const hit = source.hits[row]
        if (hit === undefined) return undefined
        if (isHitColumn(column)) return { kind: 'string', value: hitText(hit, column) ?? '' }
        const loaded = source.value(row, column)
        if (loaded === undefined || loaded.fullLength === null) return loaded?.value
        const place = { dataset, at, rowId: hit.rowId, column }
        const whole = await fetchWholeValue(api, place, schema, controller.signal)
        return whole.kind === 'value' ? whole.value : loaded.value
      }
      const copy = async (): Promise<void> => {
        const rows: CopyCell[][] = []
        for (const row of plan.rows) {
          const cells = plan.columns.map((column, index) =>
            plan.includes(row, index) ? cellOf(row, column) : Promise.resolve(undefined),
          )
          rows.push(await Promise.all(cells))
        }
        const columns = plan.columns.map((column) => (isHitColumn(column) ? `_${column.slice(4)}` : column))
        await navigator.clipboard.writeText(writeTable({ columns, rows }, format, format === 'csv'))
        showToast({ title: `${formatNoun(rows.length * columns.length, 'cell')} copied as ${format.toUpperCase()}` })
      }
      copy().catch((error: unknown) => {
        if (controller.signal.aborted || isCancelled(error)) return
        showToast({ kind: 'bad', title: 'Nothing was copied', text: toErrorValue(error).message })
      })
    },
    [api, dataset, at, schema, source],
  )
}
