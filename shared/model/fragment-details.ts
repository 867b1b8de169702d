import type { ErrorValue } from '../errors.ts'
import type { FragmentEntry } from './fragment.ts'
import type { VersionRange } from './metadata.ts'

/** One fragment, down to the pages of its columns. */
export interface FragmentDetails {
  readonly fragment: FragmentEntry
  readonly files: readonly DataFileDetails[]
  readonly deletions?: DeletionVector
  readonly rowIds?: RowIdSummary
  /** Versions, per branch, that contain this fragment in any state, oldest first. */
  readonly versions: readonly VersionRange[]
  /** Index segments whose fragment bitmap names this fragment. */
  readonly indexSegments: readonly {
    readonly name: string
    readonly uuid: string
    readonly type: string
    readonly columns: readonly string[]
  }[]
  /** Bytes of columns no longer in the schema: freed by a compaction that rewrites this fragment. */
  readonly deadBytes: number
  /** Requests and bytes this answer cost. */
  readonly read: { readonly requests: number; readonly bytes: number }
}

/** A data file with what lies in it. With a `problem` the columns are empty and unknown. */
export interface DataFileDetails {
  /** As in `DataFileEntry.path`. */
  readonly path: string
  /** Size of the file found; null when it is missing. */
  readonly bytes: number | null
  readonly formatVersion: string
  readonly rows: number | null
  readonly columns: readonly ColumnInFile[]
  /** Footer, column metadata, padding and schema: what belongs to no column. */
  readonly overheadBytes: number
  /** Blob sidecar files that belong to this data file. */
  readonly blobs: { readonly files: number; readonly bytes: number }
  readonly problem?: ErrorValue
}

export interface ColumnInFile {
  readonly fieldId: number
  /** Dotted path; `(dropped field 7)` when the schema no longer has it. */
  readonly column: string
  /** Readable type; absent for dropped fields. */
  readonly type?: string
  readonly bytes: number
  readonly pages: number
  /** Names of the page layouts and compressions used, outermost first: `mini-block`, `fsst`, `bitpacking`. */
  readonly encodings: readonly string[]
  /** True when the schema no longer has the field: its bytes are read by nobody. */
  readonly isDead: boolean
}

/** Rows of a fragment that are deleted. */
export interface DeletionVector {
  readonly path: string
  readonly type: 'arrow' | 'bitmap'
  readonly deletedRows: number
  readonly fileBytes: number | null
  /** One bit a physical row, least significant first, set = deleted; absent when the file cannot be read. */
  readonly bitmap?: Uint8Array
  readonly problem?: ErrorValue
}

/** Stable row ids of a fragment as the manifest stores them. */
export interface RowIdSummary {
  readonly rows: number
  /** Bytes the sequence takes in the manifest. */
  readonly bytes: number
  readonly segments: readonly {
    readonly kind: 'range' | 'range-with-holes' | 'range-with-bitmap' | 'sorted-array' | 'array'
    /** First and last id, decimal strings. */
    readonly first: string
    readonly last: string
    readonly rows: number
  }[]
  /** Segments beyond the first 200. */
  readonly moreSegments: number
}

/** What a column costs over all fragments of one version. */
export interface ColumnStorage {
  readonly fieldId: number
  /** Dotted path of a leaf, or `(dropped field 7)`. */
  readonly column: string
  readonly type?: string
  /** Bytes in data files, without blob sidecars. */
  readonly bytes: number
  /** Bytes of blob sidecars; only for blob columns. */
  readonly blobBytes?: number
  readonly pages: number
  readonly files: number
  readonly encodings: readonly string[]
  /** Bytes the column takes in Arrow buffers; null when unknown. */
  readonly arrowBytes: number | null
  /** True when `arrowBytes` is scaled up from a sample of rows. */
  readonly isArrowEstimated: boolean
  readonly isDead: boolean
  /** Fragments whose bytes a row stray furthest from the column's median, at most ten, worst first. */
  readonly outliers: readonly { readonly fragment: number; readonly bytes: number; readonly rows: number }[]
  /** Data files that could not be read, whose bytes are missing here. */
  readonly unreadableFiles: number
}
