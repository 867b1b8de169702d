import type { CompareSummary } from '#shared/model/compare.ts'

/** What the manifests alone tell of the rows. */
export type RowsOutlook =
  /** Every fragment is the same on both sides. */
  | { readonly kind: 'same' }
  | {
      readonly kind: 'to-read'
      /** Rows of both sides together that a comparison reads at most. */
      readonly rowsAtMost: number
      /** Fragments that differ; null between two datasets, where all do. */
      readonly fragments: number | null
    }

/** What comparing rows would take: only fragments that differ are read. */
export function rowsOutlook({ from, to, fragments, rowsToRead }: CompareSummary): RowsOutlook {
  const all = from.rows + to.rows
  if (fragments === null) return { kind: 'to-read', rowsAtMost: rowsToRead ?? all, fragments: null }
  const { added, removed, deletionsChanged, columnsChanged } = fragments
  const differing = new Set([...added, ...removed, ...deletionsChanged].map(({ id }) => id))
  for (const id of columnsChanged) differing.add(id)
  if (differing.size === 0) return { kind: 'same' }
  return { kind: 'to-read', rowsAtMost: rowsToRead ?? all, fragments: differing.size }
}
