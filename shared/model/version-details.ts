import type { FeatureFlags } from './dataset.ts'
import type { MetadataTree } from './metadata.ts'
import type { EntryChange, SchemaChange } from './schema-change.ts'
import type { VersionEntry } from './version.ts'

/** Everything one version says of itself and of its step from the version before it. */
export interface VersionDetails {
  readonly entry: VersionEntry
  /** Absent = main. */
  readonly branch?: string
  /** The next older version that still exists, which every change here is against; null when there is none. */
  readonly comparedTo: number | null
  /** Filter of a delete, exactly as it was recorded. */
  readonly predicate?: string
  /** Null when there is no older version to compare with. */
  readonly schemaChanges: readonly SchemaChange[] | null
  readonly configChanges: readonly EntryChange[] | null
  readonly tableMetadataChanges: readonly EntryChange[] | null
  readonly schemaMetadataChanges: readonly EntryChange[] | null
  /** Data files, deletion files and index segments that came and went; null when there is nothing to compare with. */
  readonly files: {
    readonly data: FileStep
    readonly deletions: FileStep
    readonly indexSegments: FileStep
  } | null
  readonly fragments: {
    readonly added: readonly number[]
    readonly removed: readonly number[]
    readonly changed: readonly number[]
  } | null
  /** Library and version that wrote the manifest, such as `lance 12.0.0`. */
  readonly writer: string
  readonly formatVersion: string
  readonly featureFlags: FeatureFlags
  readonly config: Readonly<Record<string, string>>
  readonly tableMetadata: Readonly<Record<string, string>>
  readonly schemaMetadata: Readonly<Record<string, string>>
  readonly manifest: { readonly path: string; readonly bytes: number }
  /** The commit's record with Lance's field names; null when it is gone. `source` says where it was read from. */
  readonly transaction: { readonly source: 'manifest' | 'file'; readonly tree: MetadataTree } | null
}

/** Files that came and went with one step. Bytes are null when an old writer did not record a size. */
export interface FileStep {
  readonly added: number
  readonly removed: number
  readonly addedBytes: number | null
  readonly removedBytes: number | null
}
