import type { Ref } from './ref.ts'
import type { TextQuery } from './search.ts'

/** A judgment of one row for one query: 1 relevant, 0 not. One of `rowId` and `key` is there. */
export interface Judgment {
  readonly rowId?: string | undefined
  /** Value of the set's key column as text, which finds the row again when ids change. */
  readonly key?: string | undefined
  readonly grade: 0 | 1
}

/** The vector of a row, in the state searched unless another is named. */
export interface RowVector {
  readonly rowId: string
  readonly ref?: Ref | undefined
}

/** A vector an embedder makes of a text when it is asked. */
export interface TextVector {
  readonly text: string
  /** Id of the embedder. */
  readonly embedder: string
}

/** What is asked, in the words of `search.run`: a vector, a text or both. */
export interface RelevanceQuestion {
  readonly vector?: readonly number[] | readonly (readonly number[])[] | RowVector | TextVector | undefined
  readonly text?: string | TextQuery | undefined
  readonly textColumns?: readonly string[] | undefined
}

export interface RelevanceQuery extends RelevanceQuestion {
  /** What was asked, for people. */
  readonly label: string
  readonly judgments: readonly Judgment[]
}

/** One way to search, to be compared with others; `params` is that of `search.run`. */
export interface RelevanceConfiguration {
  readonly name: string
  readonly use: 'vector' | 'text' | 'hybrid'
  /** Vector column; absent = the only one that fits. */
  readonly column?: string | undefined
  readonly filter?: string | undefined
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** State it searches; absent = the one on screen. */
  readonly ref?: Ref | undefined
}

/** Mean figures of one configuration over the judged queries. */
export interface RelevanceFigures {
  readonly configuration: string
  readonly ndcg: number
  readonly recall: number
  readonly mrr: number
  readonly p50Ms: number
  /** Queries the means are of; with 0 they say nothing. */
  readonly queries: number
  /** Queries that failed, with the reason. */
  readonly failed: readonly { readonly query: string; readonly message: string }[]
}

export interface RelevanceRun {
  /** RFC 3339. */
  readonly at: string
  readonly version: number
  readonly k: number
  readonly figures: readonly RelevanceFigures[]
}

/** Judged queries over one dataset, kept as a file beside the app's data. */
export interface RelevanceSet {
  readonly name: string
  readonly k: number
  /** Column that tells rows apart; absent = row ids. */
  readonly keyColumn?: string | undefined
  readonly queries: readonly RelevanceQuery[]
  readonly configurations: readonly RelevanceConfiguration[]
  /** Newest last, at most 50: older ones are dropped. */
  readonly runs: readonly RelevanceRun[]
}

/** A set as it is saved; without `runs` those of the set it replaces stay. */
export type SavedRelevanceSet = Omit<RelevanceSet, 'runs'> & { readonly runs?: readonly RelevanceRun[] | undefined }

/** A kept set in short, or a file among them that cannot be read. */
export type RelevanceEntry =
  | {
      readonly kind: 'set'
      readonly name: string
      readonly queries: number
      readonly judgments: number
      readonly runs: number
    }
  | { readonly kind: 'damaged'; readonly file: string; readonly problem: string }
