import type { TextQuery } from './search.ts'

/** A judgment of one row for one query: 1 relevant, 0 not. */
export interface Judgment {
  readonly rowId: string
  /** Value of the set's key column as text, which finds the row again when ids change. */
  readonly key?: string | undefined
  readonly grade: 0 | 1
}

export interface RelevanceQuery {
  readonly id: string
  /** What was asked, for people. */
  readonly label: string
  readonly text?: string | TextQuery | undefined
  readonly vector?: readonly number[] | undefined
  /** Text to be embedded for the vector. */
  readonly embed?: { readonly text: string; readonly embedder?: string | undefined } | undefined
  readonly judgments: readonly Judgment[]
}

/** One way to search, to be compared with others. `params` is that of `search.run`. */
export interface RelevanceConfiguration {
  readonly name: string
  readonly column?: string | undefined
  readonly use: 'vector' | 'text' | 'hybrid'
  readonly filter?: string | undefined
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

/** Mean figures of one configuration over the judged queries. */
export interface RelevanceFigures {
  readonly configuration: string
  readonly ndcg: number
  readonly recall: number
  readonly mrr: number
  readonly p50Ms: number
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

/** Judged queries over one dataset, kept beside the app's data. */
export interface RelevanceSet {
  readonly name: string
  readonly location: string
  readonly k: number
  readonly keyColumn?: string | undefined
  readonly queries: readonly RelevanceQuery[]
  readonly configurations: readonly RelevanceConfiguration[]
  /** Newest last, at most 50. */
  readonly runs: readonly RelevanceRun[]
}
