import type { SortState } from '#renderer/grid/types.ts'

/** Most sort keys the engine takes. */
const MAX_KEYS = 16

/** A header click: ascending, then descending, then unsorted; with Shift the other keys stay. */
export function nextSort(sort: readonly SortState[], columnId: string, additive: boolean): readonly SortState[] {
  const current = sort.find((key) => key.columnId === columnId)
  const others = additive ? sort.filter((key) => key.columnId !== columnId) : []
  if (current === undefined) return [...others, { columnId, descending: false }].slice(0, MAX_KEYS)
  if (current.descending) return others
  const next = { columnId, descending: true }
  return additive ? sort.map((key) => (key.columnId === columnId ? next : key)) : [next]
}

/** Sets one key, at its place or behind the others. */
export function withSortKey(sort: readonly SortState[], key: SortState): readonly SortState[] {
  return sort.some((other) => other.columnId === key.columnId)
    ? sort.map((other) => (other.columnId === key.columnId ? key : other))
    : [...sort, key].slice(0, MAX_KEYS)
}
