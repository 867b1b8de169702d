import type { ErrorValue } from '../errors.ts'
import type { SchemaField } from './schema.ts'

/** A dataset at one version, read from its manifest alone. */
export interface DatasetSummary {
  /** Absolute path of the dataset directory. */
  readonly location: string
  readonly name: string
  readonly version: number
  /** Newest version of the same branch at the time of reading. */
  readonly latestVersion: number
  /** Absent = main. */
  readonly branch?: string
  /** Commit time of this version, RFC 3339 UTC. */
  readonly timestamp: string
  /** Live rows: physical rows minus deleted rows. */
  readonly rows: number
  /** Number of top-level columns. */
  readonly columns: number
  readonly fragments: number
  readonly deletedRows: number
  /** Bytes of the data files this version uses; no deletion files, indices, blobs, or files of other versions. */
  readonly dataBytes: number
  /** Lance data file format, such as `2.2`. */
  readonly formatVersion: string
  /** Library and version that wrote this manifest, such as `lance 12.0.0`. */
  readonly writer: string
  readonly featureFlags: FeatureFlags
  readonly schema: readonly SchemaField[]
  readonly indices: readonly IndexSummary[]
  /** True when the process may not write into the dataset directory. */
  readonly readOnly: boolean
  /** Data files of this version that are not there, the first 20; absent when none is missing or it was not checked. */
  readonly missingFiles?: readonly string[]
  /** True when row ids survive compaction and updates (feature flag 2). */
  readonly stableRowIds: boolean
}

/** Feature flags of a manifest: the raw words and the names of the known bits. */
export interface FeatureFlags {
  readonly reader: number
  readonly writer: number
  readonly names: readonly string[]
  /** 0-based numbers of reader bits this build cannot honour; non-empty means data cannot be read safely. */
  readonly unknownReaderBits: readonly number[]
}

export interface IndexSummary {
  readonly name: string
  readonly columns: readonly string[]
  /** Index type by its details message: `BTree`, `Bitmap`, `Inverted`, `Vector`… `Unknown` when absent. */
  readonly type: string
}

/** One thing `datasets.find` met. A broken dataset is an item of its own and never hides the others. */
export type FoundItem =
  | {
      readonly kind: 'dataset'
      readonly location: string
      readonly name: string
      /** Path from the searched folder, `/`-separated; `.` for the folder itself. */
      readonly relativePath: string
      readonly rows: number
      readonly version: number
      readonly fragments: number
      readonly dataBytes: number
      /** Commit time of the newest version, RFC 3339 UTC. */
      readonly timestamp: string
    }
  | {
      readonly kind: 'broken'
      readonly location: string
      readonly name: string
      readonly relativePath: string
      readonly error: ErrorValue
    }
  | { readonly kind: 'end'; readonly folders: number; readonly datasets: number; readonly truncated: boolean }
