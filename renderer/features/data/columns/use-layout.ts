import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { readSetting, writeSetting } from '#renderer/features/workspace/index.ts'
import type { ColumnLayout } from '#renderer/grid/types.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { EMPTY_LAYOUT, layoutFor, mergeLayout, parseLayout } from './layout.ts'

/** Wait before a change is saved, so that dragging a border saves once. */
const SAVE_DELAY_MS = 400

export interface LayoutControl {
  /** Layout of the columns that exist in the version shown; null until the saved one has been read. */
  readonly layout: ColumnLayout | null
  change(next: ColumnLayout): void
  /** Back to the schema's order with everything shown. */
  reset(): void
}

/** The column layout of a dataset, remembered across windows under `<prefix>:<dataset handle>`. */
export function useLayout(dataset: string, schema: readonly SchemaField[], prefix = 'columns'): LayoutControl {
  const [stored, setStored] = useState<{
    readonly dataset: string
    readonly layout: ColumnLayout
    readonly dirty: boolean
  } | null>(null)
  const unsaved = useRef<(() => void) | null>(null)
  const names = useMemo(() => schema.map((field) => field.name), [schema])
  const current = stored?.dataset === dataset ? stored : null

  useEffect(() => {
    let isCurrent = true
    void readSetting(`${prefix}:${dataset}`).then((value) => {
      if (isCurrent) setStored({ dataset, layout: parseLayout(value), dirty: false })
    })
    return () => {
      isCurrent = false
    }
  }, [dataset, prefix])

  useEffect(() => {
    if (stored === null || !stored.dirty) return undefined
    const save = (): void => {
      unsaved.current = null
      const { order, hidden, pinned, widths } = stored.layout
      void writeSetting(`${prefix}:${stored.dataset}`, {
        order: [...order],
        hidden: [...hidden],
        pinned: [...pinned],
        widths: { ...widths },
      })
    }
    const timer = setTimeout(save, SAVE_DELAY_MS)
    unsaved.current = save
    return () => clearTimeout(timer)
  }, [stored, prefix])
  // Another view, a reload or a closed window must not lose the last change.
  useEffect(() => {
    const flush = (): void => {
      unsaved.current?.()
      unsaved.current = null
    }
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [])

  const layout = useMemo(() => (current === null ? null : layoutFor(current.layout, names)), [current, names])
  const change = useCallback(
    (next: ColumnLayout) =>
      setStored((before) => {
        const saved = before?.dataset === dataset ? before.layout : EMPTY_LAYOUT
        return { dataset, layout: mergeLayout(saved, next, names), dirty: true }
      }),
    [dataset, names],
  )
  const reset = useCallback(() => setStored({ dataset, layout: EMPTY_LAYOUT, dirty: true }), [dataset])
  return useMemo(() => ({ layout, change, reset }), [layout, change, reset])
}
