import type { ColumnInFile, ColumnStorage } from '#shared/model/fragment-details.ts'

/** Fragments a column's outliers are looked for among, over all columns: 24 bytes each. */
const MAX_POINTS = 4_000_000
const MAX_OUTLIERS = 10
/** A fragment strays when a row of it takes this many times the median, or as much less. */
const STRAYING = 2
/** A median of fewer says nothing. */
const MIN_FRAGMENTS = 3

type Outlier = ColumnStorage['outliers'][number]

/** What one column takes, while files are added up. */
export interface ColumnTotal {
  readonly fieldId: number
  bytes: number
  pages: number
  files: number
  unreadableFiles: number
  /** Undefined until a blob folder was looked at; null when several columns share one and nobody can tell whose is whose. */
  blobBytes: number | null | undefined
  readonly encodings: Set<string>
  /** Fragment, bytes and rows, one after the other. */
  readonly points: number[]
}

/** Adds up columns over files. */
export interface ColumnTotals {
  of(fieldId: number): ColumnTotal
  add(fragment: { readonly id: number; readonly physicalRows: number }, column: ColumnInFile): void
  all(): readonly ColumnTotal[]
}

export function createColumnTotals(): ColumnTotals {
  const totals = new Map<number, ColumnTotal>()
  let points = 0
  const of = (fieldId: number): ColumnTotal => {
    const known = totals.get(fieldId)
    if (known !== undefined) return known
    const total: ColumnTotal = {
      fieldId,
      bytes: 0,
      pages: 0,
      files: 0,
      unreadableFiles: 0,
      blobBytes: undefined,
      encodings: new Set(),
      points: [],
    }
    totals.set(fieldId, total)
    return total
  }
  return {
    of,
    add(fragment, column) {
      const total = of(column.fieldId)
      total.bytes += column.bytes
      total.pages += column.pages
      total.files++
      for (const name of column.encodings) total.encodings.add(name)
      if (fragment.physicalRows === 0 || points >= MAX_POINTS) return
      points++
      total.points.push(fragment.id, column.bytes, fragment.physicalRows)
    },
    all: () => [...totals.values()],
  }
}

/** Fragments in which a row of a column takes at least twice, or at most half, of the median, worst first. */
export function findOutliers(points: readonly number[]): readonly Outlier[] {
  const count = points.length / 3
  if (count < MIN_FRAGMENTS) return []
  const perRow = Float64Array.from({ length: count }, (_, at) => (points[at * 3 + 1] ?? 0) / (points[at * 3 + 2] ?? 1))
  const median = perRow.toSorted()[count >> 1] ?? 0
  if (median === 0) return []
  const strays: { readonly at: number; readonly distance: number }[] = []
  perRow.forEach((bytes, at) => {
    const distance = Math.abs(Math.log(Math.max(bytes, Number.MIN_VALUE) / median))
    if (distance >= Math.log(STRAYING)) strays.push({ at, distance })
  })
  return strays
    .toSorted((a, b) => b.distance - a.distance)
    .slice(0, MAX_OUTLIERS)
    .map(({ at }) => ({
      fragment: points[at * 3] ?? 0,
      bytes: points[at * 3 + 1] ?? 0,
      rows: points[at * 3 + 2] ?? 0,
    }))
}
