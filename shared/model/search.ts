import type { ColumnPreview } from '../contract/rows.ts'

export const DISTANCE_METRICS = ['l2', 'cosine', 'dot', 'hamming'] as const
export type DistanceMetric = (typeof DISTANCE_METRICS)[number]

/** A full-text query as the builder makes it. A plain string is a match over the columns given or all indexed ones. */
export type TextQuery =
  | {
      readonly kind: 'match'
      readonly terms: string
      readonly column?: string | undefined
      /** Edits allowed per word; `auto` = by its length, as Lance does. */
      readonly fuzziness?: 0 | 1 | 2 | 'auto' | undefined
      /** Leading characters that must match exactly when fuzzy. */
      readonly prefixLength?: number | undefined
      readonly maxExpansions?: number | undefined
      readonly operator?: 'and' | 'or' | undefined
      readonly boost?: number | undefined
    }
  | {
      readonly kind: 'phrase'
      readonly terms: string
      readonly column?: string | undefined
      readonly slop?: number | undefined
    }
  | {
      readonly kind: 'multi-match'
      readonly terms: string
      readonly columns: readonly { readonly column: string; readonly boost?: number | undefined }[]
      readonly operator?: 'and' | 'or' | undefined
    }
  | {
      readonly kind: 'boost'
      readonly positive: TextQuery
      readonly negative: TextQuery
      readonly negativeBoost?: number | undefined
    }
  | {
      readonly kind: 'boolean'
      readonly must?: readonly TextQuery[] | undefined
      readonly should?: readonly TextQuery[] | undefined
      readonly mustNot?: readonly TextQuery[] | undefined
    }

/** One result. Hit i belongs to row i of the result's page. */
export interface SearchHit {
  /** Decimal string. */
  readonly rowId: string
  /** 0-based number of the query vector; 0 where there is one query. */
  readonly query: number
  /** 1-based place among the hits of its query. */
  readonly rank: number
  readonly distance?: number
  /** BM25. */
  readonly score?: number
  /** Hybrid only: the fused score, and the 1-based place in each list; a rank absent = not in that list. */
  readonly relevance?: number
  readonly vectorRank?: number
  readonly textRank?: number
}

/** An index that took part in an answer. */
export interface AnsweringIndex {
  readonly name: string
  readonly type: string
  readonly role: 'vector' | 'text' | 'filter'
  readonly segments: number
  /** Upper bound of partitions looked into per segment; exact figures come from `search.explain` with `analyze`. */
  readonly nprobes?: number
}

/** How a search was answered. */
export interface AnsweredBy {
  readonly indices: readonly AnsweringIndex[]
  /** Rows the index does not cover, searched one by one (or skipped, with fast search). */
  readonly unindexedRows: number
  /** Live rows of the version. */
  readonly totalRows: number
  /** True when no index answered: every row (left by the filter) was compared. */
  readonly bruteForced: boolean
  /** Metric the distances are in. */
  readonly metric?: DistanceMetric
  /** Time of the search alone, and of fetching the rows. */
  readonly searchMs: number
  readonly rowsMs: number
  readonly elapsedMs: number
  readonly version: number
}

export type SearchWarningCode =
  | 'metric-differs'
  | 'unindexed-rows'
  | 'index-empty'
  | 'no-vector-index'
  | 'no-text-index'
  | 'only-stop-words'
  | 'parameter-ignored'
  | 'unindexed-rows-skipped'
  | 'few-results'
  | 'zero-vector'

export interface SearchWarning {
  readonly code: SearchWarningCode
  /** One sentence. */
  readonly message: string
  /** What to do, one sentence. */
  readonly hint?: string
  /** The parameter that has no effect here. */
  readonly parameter?: string
  readonly index?: string
  readonly column?: string
  readonly rows?: number
}

export interface SearchResult {
  readonly hits: readonly SearchHit[]
  /** As in `rows.page`: batches of the wanted columns with `_rowid` last. */
  readonly arrow: readonly Uint8Array[]
  /** `order[i]` is the batch row of hit i. */
  readonly order: readonly number[]
  readonly previews: readonly ColumnPreview[]
  readonly answeredBy: AnsweredBy
  readonly warnings: readonly SearchWarning[]
  /** Vector column searched; absent for text alone. */
  readonly vectorColumn?: string
  readonly textColumns?: readonly string[]
}

/** A node of a query plan. */
export interface PlanNode {
  /** `ANNSubIndex`, `LanceRead`. */
  readonly name: string
  /** What the node does, in one phrase of ours; absent for nodes not known. */
  readonly about?: string
  /** Rest of its line, as Lance prints it, without the metrics. */
  readonly detail: string
  readonly isIndex: boolean
  /** Name of the index it uses. */
  readonly index?: string
  /** Only when analyzed. Times are of the node itself where Lance says them so. */
  readonly rows?: number
  readonly bytes?: number
  readonly requests?: number
  readonly elapsedMs?: number
  readonly computeMs?: number
  readonly partitions?: number
  /** Every metric as printed. */
  readonly metrics: Readonly<Record<string, string>>
  readonly children: readonly PlanNode[]
}

export interface SearchPlan {
  readonly tree: PlanNode
  readonly text: string
}

/** A token as the index sees it. Offsets are UTF-16 positions in the text; absent where they cannot be told. */
export interface TextToken {
  readonly text: string
  /** Position in the sequence of words, gaps of removed words included. */
  readonly position: number
  readonly start?: number
  readonly end?: number
}

export interface Tokenized {
  readonly tokens: readonly TextToken[]
  /** Index whose tokenizer was used; absent = words compared as they are, as Lance does without an index. */
  readonly index?: string
  readonly tokenizer: Readonly<Record<string, string | number | boolean>>
  /** Words dropped by the tokenizer (stop words, too long), with their place. */
  readonly dropped: readonly { readonly text: string; readonly start: number; readonly end: number }[]
}

/** Settings of one point of a recall sweep. */
export interface RecallParams {
  readonly nprobes?: number
  readonly refine?: number
  readonly ef?: number
}

export interface RecallPoint {
  readonly params: RecallParams
  /** Mean of recall@k over the queries, with its confidence interval (95 %, bootstrap over queries). */
  readonly recall: number
  readonly lowerBound: number
  readonly upperBound: number
  readonly p50Ms: number
  readonly p95Ms: number
  /** Recall of each query, in query order. */
  readonly perQuery: readonly number[]
}

export interface RecallReport {
  readonly column: string
  readonly k: number
  readonly metric: DistanceMetric
  readonly index: string | null
  readonly version: number
  readonly rows: number
  readonly unindexedRows: number
  readonly filter?: string
  /** Row each query vector came from; absent for pasted queries. */
  readonly queryRows?: readonly string[]
  readonly queries: number
  readonly points: readonly RecallPoint[]
  /** Index into `points` of the knee: most recall per time; absent when there are under three points. */
  readonly knee?: number
  readonly exactP50Ms: number
  readonly exactP95Ms: number
  readonly elapsedMs: number
  /** RFC 3339. */
  readonly at: string
}
