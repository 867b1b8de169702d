import { useCallback, useMemo, useState } from 'react'
import { type LayoutControl, visibleColumns } from '#renderer/features/data/index.ts'
import type { GridColumn, GridProps } from '#renderer/grid/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { FIGURES } from './result-source.ts'

type ColumnLayout = NonNullable<GridProps['layout']>

const figures: ReadonlySet<string> = new Set(Object.values(FIGURES))

/** Columns of the dataset a result is to hold: undefined = all, null = not known yet. Grows only: hiding asks nothing anew. */
export function useWantedColumns(layout: ColumnLayout | null): readonly string[] | undefined | null {
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  if (layout === null) return null
  const shown = visibleColumns(layout)
  const has = new Set(wanted)
  if (wanted === null || shown.some((name) => !has.has(name))) {
    setWanted(shown)
    return shown.length === layout.order.length ? undefined : shown
  }
  return wanted.length === layout.order.length ? undefined : wanted
}

/** The layout of a result's grid: figures first, the rest as chosen; until something was moved, in the result's own order. */
export function gridLayout(
  columns: readonly GridColumn[],
  chosen: ColumnLayout,
  schema: readonly SchemaField[],
  figureWidths: ColumnLayout['widths'],
): ColumnLayout {
  const ids = columns.map(({ id }) => id)
  const isMoved = schema.some(({ name }, place) => chosen.order[place] !== name)
  const order = isMoved ? [...ids.filter((id) => figures.has(id)), ...chosen.order] : ids
  const { hidden, pinned, widths } = chosen
  return { order, hidden, pinned: [FIGURES.rank, ...pinned], widths: { ...widths, ...figureWidths } }
}

/** What to keep of a layout changed in the grid: the figures of a search are no columns of the dataset. */
export function chosenLayout(next: ColumnLayout, before: ColumnLayout, chosen: ColumnLayout): ColumnLayout {
  const isMoved = next.order.join('\n') !== before.order.join('\n')
  const isColumn = (id: string): boolean => !figures.has(id)
  return {
    order: isMoved ? next.order.filter(isColumn) : chosen.order,
    hidden: next.hidden.filter(isColumn),
    pinned: next.pinned.filter(isColumn),
    widths: Object.fromEntries(Object.entries(next.widths).filter(([id]) => isColumn(id))),
  }
}

/** The layout of a result's grid, and what becomes of changes made in it. */
export function useResultLayout(
  columns: readonly GridColumn[],
  schema: readonly SchemaField[],
  { layout: chosen, change }: Pick<LayoutControl, 'layout' | 'change'>,
): readonly [layout: ColumnLayout, change: (next: ColumnLayout) => void] {
  const [figureWidths, setFigureWidths] = useState<ColumnLayout['widths']>({})
  const known = chosen ?? NO_LAYOUT
  const layout = useMemo(() => gridLayout(columns, known, schema, figureWidths), [columns, known, schema, figureWidths])
  const take = useCallback(
    (next: ColumnLayout) => {
      setFigureWidths(Object.fromEntries(Object.entries(next.widths).filter(([id]) => figures.has(id))))
      change(chosenLayout(next, layout, known))
    },
    [change, layout, known],
  )
  return [layout, take]
}

const NO_LAYOUT: ColumnLayout = { order: [], hidden: [], pinned: [], widths: {} }
