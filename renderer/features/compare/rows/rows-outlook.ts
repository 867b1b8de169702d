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
export function rowsOutlook({ from, to, fragments }: CompareSummary): RowsOutlook {
  const all = from.rows + to.rows
  if (fragments === null) return { kind: 'to-read', rowsAtMost: all, fragments: null }
  const { added, removed, deletionsChanged, columnsChanged } = fragments
  const differing = added.length + removed.length + deletionsChanged.length + columnsChanged.length
  if (differing === 0) return { kind: 'same' }
  // Rewritten columns change every row of their fragments, whose size the summary does not tell.
  if (columnsChanged.length > 0) return { kind: 'to-read', rowsAtMost: all, fragments: differing }
  const rowsOf = (steps: readonly { readonly rows: number }[]): number => steps.reduce((sum, { rows }) => sum + rows, 0)
  // Along one branch deletions only grow or are undone; two branches may have deleted different rows.
  const isOneLine = from.branch === to.branch
  const deleted = deletionsChanged.reduce(
    (sum, { before, after }) => sum + (isOneLine ? Math.abs(after - before) : before + after),
    0,
  )
  return { kind: 'to-read', rowsAtMost: Math.min(all, rowsOf(added) + rowsOf(removed) + deleted), fragments: differing }
}
