import type { DatasetSummary, IndexSummary } from './dataset.ts'
import type { EntryChange, SchemaChange } from './schema-change.ts'

/** Two states compared without reading a row: from their manifests alone. */
export interface CompareSummary {
  readonly from: ComparedState
  readonly to: ComparedState
  /** True when both states are of one dataset, so that fragments and field ids mean the same on both sides. */
  readonly isSameDataset: boolean
  /** Set when the dataset was overwritten in between: field ids then mean other columns on each side, and names count. */
  readonly areColumnsByName?: true
  /** By field id within a dataset, by name between two. */
  readonly schema: readonly SchemaChange[]
  readonly config: readonly EntryChange[]
  readonly tableMetadata: readonly EntryChange[]
  readonly schemaMetadata: readonly EntryChange[]
  readonly indices: {
    readonly added: readonly IndexSummary[]
    readonly removed: readonly IndexSummary[]
    /** Same name on both sides with other segments. */
    readonly changed: readonly {
      readonly name: string
      readonly segmentsBefore: number
      readonly segmentsAfter: number
      readonly coveredRowsBefore: number
      readonly coveredRowsAfter: number
    }[]
    readonly unchanged: number
  }
  /** Null between two datasets. */
  readonly fragments: {
    readonly added: readonly FragmentStep[]
    readonly removed: readonly FragmentStep[]
    readonly deletionsChanged: readonly { readonly id: number; readonly before: number; readonly after: number }[]
    /** Data files came or went under the same id: columns added, dropped or replaced. */
    readonly columnsChanged: readonly number[]
    readonly kept: number
  } | null
  /** Rows of both sides together that comparing rows reads at most; 0 = the manifests prove the rows the same. */
  readonly rowsToRead?: number
}

export type ComparedState = Pick<
  DatasetSummary,
  | 'location'
  | 'name'
  | 'version'
  | 'branch'
  | 'timestamp'
  | 'rows'
  | 'deletedRows'
  | 'fragments'
  | 'columns'
  | 'dataBytes'
  | 'formatVersion'
  | 'writer'
>

export interface FragmentStep {
  readonly id: number
  readonly rows: number
  readonly bytes: number | null
}

/** How rows of the two sides are told to be the same row. */
export type RowIdentity =
  /** Stable row ids. */
  | { readonly kind: 'row-id' }
  | { readonly kind: 'key'; readonly columns: readonly string[] }
  /** No key: rows are equal when all their values are; there are no changed rows then, only added and removed ones. */
  | { readonly kind: 'content' }

/** The result of comparing rows. */
export interface RowTotals {
  readonly identity: RowIdentity
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** Rows known to be the same, read or not. */
  readonly unchanged: number
  /** Cells changed, by column. */
  readonly changedCells: readonly { readonly column: string; readonly cells: number }[]
  /**
   * Rows whose key another row of the same side has too, among those read. They are paired by equal content first, then in
   * storage order; the rest count as added or removed.
   */
  readonly duplicateKeys: { readonly from: number; readonly to: number; readonly examples: readonly string[] }
  /** Rows with a null in the key; matched by content only. */
  readonly nullKeys: { readonly from: number; readonly to: number }
  /** Columns left out, and why: only on one side, or of a kind that cannot be compared. */
  readonly notCompared: readonly { readonly column: string; readonly why: string }[]
  /** What it took. Fragments that are the same on both sides were not read. */
  readonly cost: {
    readonly fragmentsRead: { readonly from: number; readonly to: number }
    readonly rowsRead: number
    readonly bytesRead: number
    readonly spilledBytes: number
    readonly elapsedMs: number
  }
}

export type RowChangeKind = 'added' | 'removed' | 'changed'

/** A page of the rows of one kind of change, as Arrow like `RowsPage`. */
export interface RowChangePage {
  readonly kind: RowChangeKind
  /** Number of the page's first row among the rows of this kind. */
  readonly offset: number
  readonly rows: number
  /** Rows as they are in `to` (added, changed) or `from` (removed); compared columns, `_rowid` last. */
  readonly arrow: readonly Uint8Array[]
  /** As in `RowsPage.order`. */
  readonly order?: readonly number[]
  /** For `changed`: the same rows as they are in `from`, in the same order of columns. */
  readonly before?: readonly Uint8Array[]
  readonly beforeOrder?: readonly number[]
  /** For `changed`: per row the columns whose value differs, as indices into `columns`. */
  readonly changedColumns?: readonly (readonly number[])[]
  /** Names of the columns in `arrow`, in order, without `_rowid`. */
  readonly columns: readonly string[]
  /** Columns whose values were cut, as in `RowsPage.previews`. */
  readonly previews: readonly { readonly column: string; readonly lengthColumn: string; readonly kept: number }[]
}

/** What `versions.compare` streams, in this order. */
export type CompareItem =
  | { readonly kind: 'summary'; readonly summary: CompareSummary }
  | {
      readonly kind: 'progress'
      readonly phase: 'reading' | 'matching'
      readonly rowsRead: number
      /** Rows that have to be read on both sides together. */
      readonly rowsToRead: number
      readonly elapsedMs: number
    }
  /** Rows are matched. `comparison` names the result for `versions.comparePage` while the engine keeps it. */
  | { readonly kind: 'rows'; readonly comparison: string; readonly totals: RowTotals }
  | RowChangePage

/** A set of columns that may serve as key, best first. */
export interface KeyCandidate {
  readonly columns: readonly string[]
  /** True when no value repeats and none is null in all rows looked at, on both sides. */
  readonly isUnique: boolean
  readonly duplicates: number
  readonly nulls: number
  readonly rowsChecked: number
  /** True when every row was looked at. */
  readonly isComplete: boolean
  /** Why it is proposed: `primary key`, `named id`, `unique in a sample`. */
  readonly why: string
}

/** The life of one row, newest event first. */
export interface Blame {
  readonly events: readonly BlameEvent[]
  /** True when the row was followed to its insertion. */
  readonly isComplete: boolean
  /** Why it could not be followed further; absent when complete. */
  readonly problem?: string
  /** How rows were recognised across updates. */
  readonly identity: RowIdentity
  readonly manifestsRead: number
  readonly rowsRead: number
}

export interface BlameEvent {
  /** Absent = main. */
  readonly branch?: string
  readonly version: number
  readonly timestamp: string
  /** The sentence of that version. */
  readonly sentence: string
  /** `moved`: rewritten with the same values (compaction, or an update that changed nothing). */
  readonly kind: 'inserted' | 'changed' | 'moved' | 'columns-added' | 'restored'
  /** Row id before and after, decimal strings; before is absent for insertions. */
  readonly rowIdBefore?: string
  readonly rowIdAfter: string
  /** Columns that changed, with their values as short text. */
  readonly cells: readonly { readonly column: string; readonly before: string | null; readonly after: string | null }[]
}
