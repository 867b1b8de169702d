import type { DistanceMetric } from './search.ts'

/** Index types LanceDB can build, by the names people use. */
export const INDEX_TYPES = [
  'BTREE',
  'BITMAP',
  'LABEL_LIST',
  'FTS',
  'FM',
  'IVF_FLAT',
  'IVF_PQ',
  'IVF_RQ',
  'HNSW_PQ',
  'HNSW_SQ',
] as const
export type IndexType = (typeof INDEX_TYPES)[number]

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

/** Rows per IVF partition of each segment, from the index files. */
export interface IndexPartitions {
  readonly name: string
  readonly segments: readonly {
    readonly uuid: string
    /** Rows of each partition, in partition order; absent with a `problem`. */
    readonly sizes?: readonly number[]
    readonly problem?: string
  }[]
}

/** Parameters of an index to be built; those that do not belong to the type are refused. */
export interface IndexParams {
  readonly metric?: DistanceMetric | undefined
  readonly numPartitions?: number | undefined
  readonly numSubVectors?: number | undefined
  readonly numBits?: number | undefined
  readonly maxIterations?: number | undefined
  readonly sampleRate?: number | undefined
  readonly m?: number | undefined
  readonly efConstruction?: number | undefined
  readonly withPosition?: boolean | undefined
  readonly baseTokenizer?: 'simple' | 'whitespace' | 'raw' | 'ngram' | 'icu' | undefined
  readonly language?: string | undefined
  readonly maxTokenLength?: number | undefined
  readonly lowercase?: boolean | undefined
  readonly stem?: boolean | undefined
  readonly removeStopWords?: boolean | undefined
  readonly asciiFolding?: boolean | undefined
  readonly ngramMinLength?: number | undefined
  readonly ngramMaxLength?: number | undefined
  readonly prefixOnly?: boolean | undefined
}

/** What building one type of index on a column would mean. */
export interface IndexProposal {
  readonly type: IndexType
  /** At most one proposal of a column is recommended. */
  readonly recommended: boolean
  /** Why, one sentence, with the figures it rests on. */
  readonly reason: string
  /** Set when this type cannot be built on this column. */
  readonly refused?: string
  readonly warning?: string
  readonly params: IndexParams
  /** Forecasts with what they rest on; null = cannot be said. */
  readonly estimatedBytes: number | null
  readonly estimatedSeconds: number | null
}

export interface IndexProposals {
  readonly column: string
  readonly rows: number
  /** Distinct values in a sample, where that matters. */
  readonly distinct?: { readonly values: number; readonly sampledRows: number }
  readonly proposals: readonly IndexProposal[]
  /** Indices the column already has. */
  readonly existing: readonly string[]
}

/** How one query ran before and after a change. */
export interface QueryProof {
  /** What was asked. */
  readonly query: string
  readonly beforeMs: number
  readonly afterMs: number
  readonly beforePlan: string
  readonly afterPlan: string
}

export interface IndexCreated {
  readonly index: IndexEntry
  readonly versionBefore: number
  readonly versionAfter: number
  readonly buildMs: number
  readonly proof?: QueryProof
}

export interface IndicesOptimized {
  readonly versionBefore: number
  readonly versionAfter: number
  readonly elapsedMs: number
  readonly indices: readonly {
    readonly name: string
    readonly unindexedBefore: number | null
    readonly unindexedAfter: number | null
    readonly segmentsBefore: number
    readonly segmentsAfter: number
  }[]
  /** What LanceDB's optimize did besides: it always compacts first. */
  readonly fragmentsRemoved: number
  readonly fragmentsAdded: number
  readonly proof?: QueryProof
}
