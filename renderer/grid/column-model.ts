import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { DEFAULT_LAYOUT, orderedIds } from './column-state.ts'
import {
  gutterWidthFor,
  isSameLayout,
  MAX_COLUMN_WIDTH,
  MIN_COLUMN_WIDTH,
  placeColumns,
  type GridLayout,
  type SizedColumn,
} from './layout.ts'
import type { ColumnLayout, GridColumn } from './types.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
})
const helper = createColumnHelper<typeof features, object>()
/** Rows never enter the table: it is the model of the columns only. */
const NO_ROWS: object[] = []

/** Resolves columns and remembered layout into places, by TanStack Table's column model. */
export function useColumnModel(
  columns: readonly GridColumn[],
  columnLayout: ColumnLayout = DEFAULT_LAYOUT,
  rowCount: number,
  hasMarks = false,
): GridLayout {
  const definitions = useMemo(() => helper.columns(columns.map(toDefinition)), [columns])
  const state = useMemo(() => toTableState(columns, columnLayout), [columns, columnLayout])
  const table = useTable({ features, columns: definitions, data: NO_ROWS, state })
  const gutterWidth = gutterWidthFor(rowCount, hasMarks)
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const sized = (list: readonly { readonly id: string; getSize(): number }[]): SizedColumn[] =>
    list.flatMap((entry) => {
      const column = byId.get(entry.id)
      return column === undefined ? [] : [{ column, width: entry.getSize() }]
    })
  return useUnchanged(
    placeColumns(sized(table.getStartVisibleLeafColumns()), sized(table.getCenterVisibleLeafColumns()), gutterWidth),
  )
}

/** The layout made before while nothing in it differs, so that a render of the owner repaints nothing. */
function useUnchanged(layout: GridLayout): GridLayout {
  const [kept, setKept] = useState(layout)
  if (isSameLayout(kept, layout)) return kept
  setKept(layout)
  return layout
}

function toDefinition(column: GridColumn) {
  return helper.display({
    id: column.id,
    header: column.title,
    size: column.defaultWidth,
    minSize: MIN_COLUMN_WIDTH,
    maxSize: MAX_COLUMN_WIDTH,
  })
}

function toTableState(columns: readonly GridColumn[], layout: ColumnLayout) {
  const existing = new Set(columns.map((column) => column.id))
  return {
    columnOrder: [...orderedIds(columns, layout)],
    columnPinning: { start: layout.pinned.filter((id) => existing.has(id)), end: [] },
    columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
    columnSizing: { ...layout.widths },
  }
}
