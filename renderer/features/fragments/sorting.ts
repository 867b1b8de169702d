import type { FragmentEntry } from '#shared/model/fragment.ts'

export type FragmentColumn = 'id' | 'live' | 'deleted' | 'files' | 'bytes' | 'format' | 'indices'

export interface FragmentSort {
  readonly column: FragmentColumn
  readonly descending: boolean
}

/** A new array in the wanted order; equal fragments stay in id order, unknown bytes come last either way. */
export function sortFragments(fragments: readonly FragmentEntry[], sort: FragmentSort): readonly FragmentEntry[] {
  const sign = sort.descending ? -1 : 1
  return fragments.toSorted((a, b) => {
    const unknown = Number(isUnknown(a, sort.column)) - Number(isUnknown(b, sort.column))
    return unknown || sign * compare(a, b, sort.column) || a.id - b.id
  })
}

/** A click on a column: ids start ascending, figures start with the largest, a second click turns round. */
export function nextSort(sort: FragmentSort, column: FragmentColumn): FragmentSort {
  if (sort.column === column) return { column, descending: !sort.descending }
  return { column, descending: column !== 'id' && column !== 'format' }
}

function isUnknown(fragment: FragmentEntry, column: FragmentColumn): boolean {
  return column === 'bytes' && fragment.bytes === null
}

function compare(a: FragmentEntry, b: FragmentEntry, column: FragmentColumn): number {
  switch (column) {
    case 'id':
      return a.id - b.id
    case 'live':
      return a.liveRows - b.liveRows
    case 'deleted':
      return deletedShare(a) - deletedShare(b)
    case 'files':
      return a.files.length - b.files.length
    case 'bytes':
      return (a.bytes ?? 0) - (b.bytes ?? 0)
    case 'format':
      return formatOf(a).localeCompare(formatOf(b), 'en', { numeric: true })
    case 'indices':
      return a.indices.length - b.indices.length
  }
}

/** Deleted rows as a part of the physical rows, 0 to 1. */
export function deletedShare(fragment: FragmentEntry): number {
  return fragment.physicalRows === 0 ? 0 : fragment.deletedRows / fragment.physicalRows
}

function formatOf(fragment: FragmentEntry): string {
  return fragment.files[0]?.formatVersion ?? ''
}
