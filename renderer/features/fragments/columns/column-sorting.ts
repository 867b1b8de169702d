import type { ColumnStorage } from '#shared/model/fragment-details.ts'

export type ColumnKey = 'column' | 'type' | 'bytes' | 'pages' | 'files' | 'encodings' | 'arrow' | 'ratio'

export interface ColumnSort {
  readonly column: ColumnKey
  readonly descending: boolean
}

/** Arrow bytes for each byte on disk: 4 = a quarter of the size; null when either is unknown. */
export function compressionRatio({ arrowBytes, bytes }: ColumnStorage): number | null {
  return arrowBytes === null || bytes === 0 ? null : arrowBytes / bytes
}

/** Bytes with sidecars. */
export function totalBytes({ bytes, blobBytes = 0 }: ColumnStorage): number {
  return bytes + blobBytes
}

/** A new array in the wanted order; equals by size, unknown figures last either way. */
export function sortColumns(columns: readonly ColumnStorage[], sort: ColumnSort): readonly ColumnStorage[] {
  const sign = sort.descending ? -1 : 1
  return columns.toSorted((a, b) => {
    const [left, right] = [valueOf(a, sort.column), valueOf(b, sort.column)]
    const unknown = Number(left === null) - Number(right === null)
    return unknown || sign * compare(left, right) || totalBytes(b) - totalBytes(a) || a.fieldId - b.fieldId
  })
}

/** A click on a heading: names start at the beginning, figures with the largest, a second click turns round. */
export function nextColumnSort(sort: ColumnSort, column: ColumnKey): ColumnSort {
  if (sort.column === column) return { column, descending: !sort.descending }
  return { column, descending: column !== 'column' && column !== 'type' && column !== 'encodings' }
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en', { numeric: true })
  return Number(a) - Number(b)
}

function valueOf(column: ColumnStorage, key: ColumnKey): string | number | null {
  switch (key) {
    case 'column':
      return column.column
    case 'type':
      return column.type ?? null
    case 'bytes':
      return totalBytes(column)
    case 'pages':
      return column.pages
    case 'files':
      return column.files
    case 'encodings':
      return column.encodings.join(', ')
    case 'arrow':
      return column.arrowBytes
    case 'ratio':
      return compressionRatio(column)
  }
}
