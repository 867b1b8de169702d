import type { Chunking } from './documents.ts'
import type { BadRowPolicy, ColumnPlan, TableReading } from './tables.ts'

/**
 * An import in one JSON document: what the window builds is what a file can hold
 * (`npm run call -- import.run @spec.json`).
 */
export interface ImportSpec {
  readonly version: 1
  readonly sources: ImportSources
  readonly rows: DocumentRows | TableRows | MediaRows
  readonly target: ImportTarget
  /** Absent = rows are taken as they come. */
  readonly duplicates?: Duplicates | undefined
  /** Vectors to be made of a text column. */
  readonly embed?: EmbedPlan | undefined
  /** Compact the fragments the import leaves, at its end. */
  readonly compactAtEnd?: boolean | undefined
}

/** Files, folders (with everything in them) and uploads. */
export interface ImportSources {
  readonly paths?: readonly string[] | undefined
  /** Ids of finished uploads. */
  readonly uploads?: readonly string[] | undefined
  /** Names (`SourceItem.name`) to leave out. */
  readonly exclude?: readonly string[] | undefined
}

export interface DocumentRows {
  readonly kind: 'documents'
  readonly chunking: Chunking
  /** Keep each file's bytes as a blob with its first chunk. */
  readonly keepRaw: boolean
  readonly tags: readonly string[]
  /** Plain JSON, added to what documents say of themselves. */
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface TableRows {
  readonly kind: 'tables'
  readonly reading: TableReading
  /** Absent = as detected. */
  readonly columns?: readonly ColumnPlan[] | undefined
  readonly nullTokens?: readonly string[] | undefined
  readonly badRows: BadRowPolicy
}

export interface MediaRows {
  readonly kind: 'media'
  /** JPEG of at most 256 × 256 in a column of its own, of formats that can be decoded. */
  readonly thumbnails: boolean
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * `append` adds rows; `upsert` replaces rows of the same key and adds the others; `overwrite` replaces everything
 * (older versions keep it); `update` is for dropping the same files again: by source path and content hash, only what is
 * new or changed is written.
 */
export type WriteMode = 'append' | 'upsert' | 'overwrite' | 'update'

export type ImportTarget =
  | { readonly kind: 'new'; readonly location: string }
  | {
      readonly kind: 'existing'
      readonly location: string
      readonly mode: WriteMode
      /** Columns of the dataset that name a row; of `upsert`. */
      readonly key?: readonly string[] | undefined
      /** Column of the dataset to column of the rows; null = left null. Absent columns go by name. */
      readonly mapping?: Readonly<Record<string, string | null>> | undefined
      /** What `update` does with rows whose file is gone. */
      readonly gone?: 'keep' | 'delete' | undefined
    }

/** Rows that are the same: within the import, and in a dataset appended to. */
export interface Duplicates {
  /** By these columns, or by the hash of all values. */
  readonly by: readonly string[] | 'content'
  readonly keep: 'first' | 'last' | 'error'
}

export interface EmbedPlan {
  /** Id of an embedder. */
  readonly embedder: string
  /** Text column of the rows. */
  readonly source: string
  /** Vector column to write. */
  readonly target: string
}
