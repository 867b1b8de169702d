import type { DistanceMetric } from './search.ts'

/** One segment (delta) of an index. */
export interface IndexSegment {
  readonly uuid: string
  /** Version of the dataset it was built at. */
  readonly datasetVersion: number
  /** RFC 3339; absent in old manifests. */
  readonly createdAt?: string
  readonly bytes: number
  readonly files: number
  /** Fragments it covers that still exist; null when the manifest does not say. */
  readonly fragments: readonly number[] | null
}

/** One index of one version, from the manifest and its own files. */
export interface IndexEntry {
  readonly name: string
  /** `IVF_PQ` … ; the type's own name where it is none of ours (system indices, newer types). */
  readonly type: string
  readonly kind: 'vector' | 'scalar' | 'text' | 'system' | 'unknown'
  readonly columns: readonly string[]
  readonly segments: readonly IndexSegment[]
  /** Live rows of the fragments covered, and the others; null when unknown. */
  readonly indexedRows: number | null
  readonly unindexedRows: number | null
  readonly bytes: number
  readonly createdAt?: string
  readonly metric?: DistanceMetric
  /** Settings it was built with, as far as they are recorded. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  /** FTS only. */
  readonly tokenizer?: Readonly<Record<string, string | number | boolean>>
  /** What queries would use it, one sentence each. */
  readonly usedFor: readonly string[]
  /** Why it could not be read in full. */
  readonly problem?: string
}
