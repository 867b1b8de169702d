import type { SchemaField } from '#shared/model/schema.ts'

/** A decoded manifest (lance.table.Manifest). Counts are JS numbers where the format bounds them, bigint where not. */
export interface Manifest {
  readonly version: number
  /** Commit time, RFC 3339 UTC with nanoseconds when present. */
  readonly timestamp: string
  /** Absent = main. */
  readonly branch?: string
  readonly writer: { readonly library: string; readonly version: string } | null
  readonly readerFlags: number
  readonly writerFlags: number
  readonly maxFragmentId?: number
  readonly transactionFile: string
  readonly dataFormat: { readonly fileFormat: string; readonly version: string } | null
  readonly schema: readonly SchemaField[]
  readonly schemaMetadata: Readonly<Record<string, string>>
  readonly config: Readonly<Record<string, string>>
  readonly tableMetadata: Readonly<Record<string, string>>
  readonly fragments: readonly ManifestFragment[]
  readonly basePaths: readonly BasePath[]
  readonly indices: readonly ManifestIndex[]
  readonly nextRowId?: bigint
}

export interface ManifestFragment {
  readonly id: number
  readonly physicalRows: number
  readonly files: readonly ManifestDataFile[]
  readonly deletion?: ManifestDeletionFile
}

export interface ManifestDataFile {
  /** Relative to the data folder. */
  readonly path: string
  readonly fields: readonly number[]
  readonly columnIndices: readonly number[]
  readonly formatVersion: string
  /** Null = the writer did not record it. */
  readonly bytes: number | null
  /** Key into `basePaths`; absent = this dataset. */
  readonly baseId?: number
}

export interface ManifestDeletionFile {
  readonly type: 'arrow' | 'bitmap'
  readonly readVersion: number
  /** Full 64-bit; part of the file name. */
  readonly id: bigint
  readonly deletedRows: number
  readonly baseId?: number
}

export interface BasePath {
  readonly id: number
  readonly name?: string
  readonly isDatasetRoot: boolean
  readonly path: string
}

export interface ManifestIndex {
  /** Segment uuid, lower-case hex with dashes; also its folder below `_indices/`. */
  readonly uuid: string
  readonly name: string
  readonly fields: readonly number[]
  readonly datasetVersion: number
  /** Fragment ids the segment covers; null = not recorded. May name fragments that no longer exist. */
  readonly fragmentIds: ReadonlySet<number> | null
  readonly typeUrl: string
  /** Message of `typeUrl`: what the index was made with. */
  readonly details: Uint8Array
  readonly indexVersion?: number
  readonly createdAt?: string
  /** Sum of the files; null when the writer did not list them. */
  readonly bytes: number | null
  /** Files below the segment's folder; empty when the writer did not list them. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
  /** Key into `basePaths`; absent = this dataset. */
  readonly baseId?: number
}
