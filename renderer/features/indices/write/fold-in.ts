import { formatNoun } from '#shared/model/format.ts'
import type { IndexEntry, IndicesOptimized } from '#shared/model/index-entry.ts'
import type { CompactionPreview } from '#shared/model/storage.ts'

/** Indices some rows are outside of, those with the most first. */
export function outsideOf(indices: readonly IndexEntry[]): readonly IndexEntry[] {
  return indices
    .filter(({ unindexedRows }) => unindexedRows !== null && unindexedRows > 0)
    .toSorted((a, b) => (b.unindexedRows ?? 0) - (a.unindexedRows ?? 0))
}

/** What LanceDB's optimize does before it folds in. */
export function compactionSentence({ tasks, fragmentsRemoved, fragmentsAddedAtLeast }: CompactionPreview): string {
  if (tasks.length === 0) {
    return 'LanceDB compacts small fragments whenever it folds rows in. There is nothing to compact now.'
  }
  const rows = tasks.reduce((sum, task) => sum + task.rows, 0)
  return `LanceDB compacts small fragments first: ${formatNoun(rows, 'row')} in ${formatNoun(fragmentsRemoved, 'fragment')} would be rewritten into at least ${fragmentsAddedAtLeast}.`
}

/** Rows a fold-in took into the index that missed the most. */
export function foldedRows({ indices }: Pick<IndicesOptimized, 'indices'>): number {
  return Math.max(
    0,
    ...indices.map(({ unindexedBefore, unindexedAfter }) =>
      unindexedBefore === null || unindexedAfter === null ? 0 : unindexedBefore - unindexedAfter,
    ),
  )
}

/** What a fold-in did to the rows outside the indices. */
export function foldedSentence({ indices }: Pick<IndicesOptimized, 'indices'>): string {
  const inside = indices.filter(
    ({ unindexedBefore, unindexedAfter }) =>
      unindexedBefore !== null && unindexedAfter !== null && unindexedAfter < unindexedBefore,
  )
  const most = foldedRows({ indices })
  if (inside.length === 0) return 'Every row was in the indices already'
  return inside.length === 1 && inside[0] !== undefined
    ? `${formatNoun(most, 'row')} folded into ${inside[0].name}`
    : `Up to ${formatNoun(most, 'row')} folded into ${formatNoun(inside.length, 'index', 'indices')}`
}
