import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from '#renderer/grid/layout.ts'
import type { ColumnLayout } from '#renderer/grid/types.ts'

export const EMPTY_LAYOUT: ColumnLayout = { order: [], hidden: [], pinned: [], widths: {} }

/** Reads a saved layout; anything unreadable counts as never saved. Key and shape: setting `columns:<dataset handle>`. */
export function parseLayout(saved: unknown): ColumnLayout {
  if (typeof saved !== 'object' || saved === null) return EMPTY_LAYOUT
  const { order, hidden, pinned, widths } = saved as Readonly<Record<string, unknown>>
  return { order: names(order), hidden: names(hidden), pinned: names(pinned), widths: parseWidths(widths) }
}

/**
 * The layout for the columns that exist now: columns that are gone are left out, new ones stand where the schema puts
 * them, right after the column before them.
 */
export function layoutFor(saved: ColumnLayout, columns: readonly string[]): ColumnLayout {
  const known = new Set(columns)
  const order = saved.order.filter((name) => known.has(name))
  const placed = new Set(order)
  columns.forEach((name, index) => {
    if (placed.has(name)) return
    const before = columns[index - 1]
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name)
    placed.add(name)
  })
  return {
    order,
    hidden: saved.hidden.filter((name) => known.has(name)),
    pinned: saved.pinned.filter((name) => known.has(name)),
    widths: Object.fromEntries(Object.entries(saved.widths).filter(([name]) => known.has(name))),
  }
}

/** What to save after a change: the new layout, plus what was known of columns other versions have. */
export function mergeLayout(saved: ColumnLayout, next: ColumnLayout, columns: readonly string[]): ColumnLayout {
  const known = new Set(columns)
  const elsewhere = (list: readonly string[]): readonly string[] => list.filter((name) => !known.has(name))
  return {
    order: [...next.order, ...elsewhere(saved.order)],
    hidden: [...next.hidden, ...elsewhere(saved.hidden)],
    pinned: [...next.pinned, ...elsewhere(saved.pinned)],
    widths: {
      ...Object.fromEntries(Object.entries(saved.widths).filter(([name]) => !known.has(name))),
      ...next.widths,
    },
  }
}

export function withHidden(layout: ColumnLayout, name: string, hidden: boolean): ColumnLayout {
  const rest = layout.hidden.filter((other) => other !== name)
  return { ...layout, hidden: hidden ? [...rest, name] : rest }
}

/** Shows exactly the given columns. */
export function withVisible(layout: ColumnLayout, visible: readonly string[]): ColumnLayout {
  const shown = new Set(visible)
  return { ...layout, hidden: layout.order.filter((name) => !shown.has(name)) }
}

export function withPinned(layout: ColumnLayout, name: string, pinned: boolean): ColumnLayout {
  const rest = layout.pinned.filter((other) => other !== name)
  return { ...layout, pinned: pinned ? [...rest, name] : rest }
}

/** Moves a column to stand right before another; null moves it to the end. */
export function withMoved(layout: ColumnLayout, name: string, before: string | null): ColumnLayout {
  if (name === before || !layout.order.includes(name)) return layout
  const order = layout.order.filter((other) => other !== name)
  const at = before === null ? order.length : order.indexOf(before)
  order.splice(at < 0 ? order.length : at, 0, name)
  return { ...layout, order }
}

/** Moves a column by one place. */
export function withShifted(layout: ColumnLayout, name: string, step: 1 | -1): ColumnLayout {
  const index = layout.order.indexOf(name)
  const target = index + step
  if (index < 0 || target < 0 || target >= layout.order.length) return layout
  return withMoved(layout, name, layout.order[step === 1 ? target + 1 : target] ?? null)
}

export function visibleColumns(layout: ColumnLayout): readonly string[] {
  const hidden = new Set(layout.hidden)
  return layout.order.filter((name) => !hidden.has(name))
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter((name): name is string => typeof name === 'string'))] : []
}

function parseWidths(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, number] =>
        typeof entry[1] === 'number' && entry[1] >= MIN_COLUMN_WIDTH && entry[1] <= MAX_COLUMN_WIDTH,
    ),
  )
}
