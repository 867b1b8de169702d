import type { ColumnLayout, GridColumn } from './types.ts'

/** Layout of columns as given: nothing hidden, pinned or resized. */
export const DEFAULT_LAYOUT: ColumnLayout = { order: [], hidden: [], pinned: [], widths: {} }

/** Display order: the remembered one, then columns it does not know, where the schema has them. */
export function orderedIds(columns: readonly GridColumn[], layout: ColumnLayout): readonly string[] {
  const existing = new Set(columns.map((column) => column.id))
  const remembered = layout.order.filter((id) => existing.has(id))
  const known = new Set(remembered)
  const order = [...remembered]
  columns.forEach((column, index) => {
    if (known.has(column.id)) return
    const before = columns.slice(0, index).findLast((candidate) => order.includes(candidate.id))
    order.splice(before === undefined ? 0 : order.indexOf(before.id) + 1, 0, column.id)
  })
  return order
}

export function resizeColumn(layout: ColumnLayout, columnId: string, width: number): ColumnLayout {
  return { ...layout, widths: { ...layout.widths, [columnId]: width } }
}

/**
 * Drops a dragged column before another, or after the last one when `beforeId` is null. A column dropped among pinned
 * ones becomes pinned, one dropped among scrolling ones is released: it stays where it was dropped.
 */
export function moveColumn(
  layout: ColumnLayout,
  order: readonly string[],
  columnId: string,
  beforeId: string | null,
): ColumnLayout {
  if (columnId === beforeId) return layout
  const rest = order.filter((id) => id !== columnId)
  const at = beforeId === null ? rest.length : rest.indexOf(beforeId)
  const isPinned = beforeId !== null && layout.pinned.includes(beforeId)
  const unpinned = layout.pinned.filter((id) => id !== columnId)
  const pinnedAt = beforeId === null ? -1 : unpinned.indexOf(beforeId)
  return {
    ...layout,
    order: [...rest.slice(0, at), columnId, ...rest.slice(at)],
    pinned: isPinned ? [...unpinned.slice(0, pinnedAt), columnId, ...unpinned.slice(pinnedAt)] : unpinned,
  }
}
