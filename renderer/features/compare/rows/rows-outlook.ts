import type { CompareSummary } from '#shared/model/compare.ts'

/** What the manifests alone tell of the rows. */
export type RowsOutlook =
  /** The manifests prove it: same fragments, same deletions, and the columns both sides have in the same files. */
  { readonly kind: 'same'; readonly isWholeRow: boolean } | RowsToRead

export interface RowsToRead {
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
  if (differing.size === 0 || rowsToRead === 0) return { kind: 'same', isWholeRow: differing.size === 0 }
  return { kind: 'to-read', rowsAtMost: rowsToRead ?? all, fragments: differing.size }
}
