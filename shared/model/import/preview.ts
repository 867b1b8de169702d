import type { Chunk, ParsedDocument } from './documents.ts'
import type { ImportProblem, SourceItem } from './source.ts'
import type { BadRow, DetectedColumn, TableReading } from './tables.ts'

/** How a column of the rows meets the dataset. Everything but `same`, `cast` and `null` says what is wrong. */
export interface ColumnMatch {
  /** Column of the dataset; null = the dataset has none for it. */
  readonly target: string | null
  readonly targetType: string | null
  /** Column of the rows; null = the rows have none for it. */
  readonly source: string | null
  readonly sourceType: string | null
  /**
   * `missing`: the dataset wants it and it may not be null; `extra`: the dataset has no place for it; `conflict`: it
   * cannot be turned into the dataset's type, such as a vector of another dimension, which Lance would cut silently.
   */
  readonly state: 'same' | 'cast' | 'null' | 'missing' | 'extra' | 'conflict'
  readonly problem?: string
}

/** What dropping the same files again would do. Counts are files. */
export interface UpdatePlan {
  readonly unchanged: number
  readonly new: readonly string[]
  readonly changed: readonly string[]
  readonly gone: readonly string[]
}

export interface ImportEstimate {
  readonly rows: number
  readonly rowsAreExact: boolean
  readonly bytes: number
  /** Null when nothing like it was measured. */
  readonly seconds: number | null
  /** Requests to the embedder and tokens sent; absent without one. */
  readonly embedder?: {
    readonly texts: number
    readonly requests: number
    readonly tokens: number
    readonly isRemote: boolean
  }
}

/** What was found of rows that do not fit, among the first `of` rows. */
export interface BadRowsFound {
  readonly count: number
  readonly of: number
  readonly examples: readonly BadRow[]
  /** Rows that end early and are read all the same: what they lack is null. */
  readonly short: number
}

/** What an import would do, from a bounded sample of its sources. Nothing is written. */
export interface ImportPreview {
  /** What will be read. */
  readonly items: readonly SourceItem[]
  /** What will not, each with the reason. */
  readonly leftOut: readonly SourceItem[]
  /** Of tables. */
  readonly columns?: readonly DetectedColumn[]
  /** Of tables of text: how the first of them is read, everything decided. */
  readonly reading?: TableReading
  /** The first rows as they would be written, as an Arrow IPC file. */
  readonly sample: Uint8Array | null
  readonly sampleRows: number
  /** Of documents: the one asked for, or the first. */
  readonly document?: PreviewedDocument
  readonly badRows: BadRowsFound
  /** Of an existing dataset. */
  readonly matches?: readonly ColumnMatch[]
  readonly update?: UpdatePlan
  readonly estimate: ImportEstimate
  /** An `error` among them keeps the import from running. */
  readonly problems: readonly ImportProblem[]
}

export interface PreviewedDocument extends ParsedDocument {
  readonly name: string
  readonly chunks: readonly Chunk[]
}
