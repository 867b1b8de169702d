import { z } from 'zod'
import type { JobEvent } from '../model/job.ts'
import {
  DISTANCE_METRICS,
  type RecallReport,
  type SearchPlan,
  type SearchResult,
  type Tokenized,
} from '../model/search.ts'
import type { TextQuery } from '../model/search.ts'
import { columnName, filter, reading, ref, rowId } from './common.ts'
import { call, stream } from './define.ts'

/** Longest vector, and most vectors of one search. */
const vectorValues = z.array(z.number()).min(1).max(65_536)
const terms = z.string().max(10_000)
export const columnsToSearch = z.array(columnName).max(64)

/** One query vector, several (for a multivector column: the vectors of one query), or a row's own; `ref` = the state it is read in. */
export const vector = z.union([
  vectorValues,
  z.array(vectorValues).min(1).max(256),
  z.strictObject({ rowId, ref: ref.optional() }),
])

const boost = z.number().min(0).max(1000)
const operator = z.enum(['and', 'or'])
/** Nesting is bounded where it is used, by {@link MAX_TEXT_DEPTH}. */
export const textQuery: z.ZodType<TextQuery, TextQuery> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('match'),
      terms,
      column: columnName.optional(),
      fuzziness: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal('auto')]).optional(),
      prefixLength: z.int().min(0).max(100).optional(),
      maxExpansions: z.int().min(1).max(10_000).optional(),
      operator: operator.optional(),
      boost: boost.optional(),
    }),
    z.strictObject({
      kind: z.literal('phrase'),
      terms,
      column: columnName.optional(),
      slop: z.int().min(0).max(1000).optional(),
    }),
    z.strictObject({
      kind: z.literal('multi-match'),
      terms,
      columns: z
        .array(z.strictObject({ column: columnName, boost: boost.optional() }))
        .min(1)
        .max(64),
      operator: operator.optional(),
    }),
    z.strictObject({
      kind: z.literal('boost'),
      positive: textQuery,
      negative: textQuery,
      negativeBoost: boost.optional(),
    }),
    z.strictObject({
      kind: z.literal('boolean'),
      must: z.array(textQuery).max(64).optional(),
      should: z.array(textQuery).max(64).optional(),
      mustNot: z.array(textQuery).max(64).optional(),
    }),
  ]),
)

/** Plain words or a query put together. */
export const textOrTerms = z.union([terms, textQuery])

/** Parameters of a search. Those that have no effect on the search asked for are reported as warnings, not hidden. */
export const searchParams = z.strictObject({
  metric: z.enum(DISTANCE_METRICS).optional(),
  /** Partitions looked into; `max` 0 = all until enough rows are found. */
  nprobes: z
    .strictObject({ min: z.int().min(1).max(100_000).optional(), max: z.int().min(0).max(100_000).optional() })
    .optional(),
  /** Candidates re-ranked with full vectors: this many times k. */
  refine: z.int().min(1).max(1000).optional(),
  ef: z.int().min(1).max(100_000).optional(),
  /** Distances in [lower, upper). */
  distanceRange: z.strictObject({ lower: z.number().optional(), upper: z.number().optional() }).optional(),
  /** Filter after the search instead of before it. */
  postfilter: z.boolean().optional(),
  /** Compares with every row, past any vector index. */
  exact: z.boolean().optional(),
  /** Leaves out rows no index covers. */
  fast: z.boolean().optional(),
  /** Hybrid: reciprocal rank fusion, score = Σ weight / (rrfK + rank). */
  rrfK: z.number().min(1).max(10_000).optional(),
  vectorWeight: z.number().min(0).max(1000).optional(),
  textWeight: z.number().min(0).max(1000).optional(),
})

const query = {
  ...reading,
  vector: vector.optional(),
  text: textOrTerms.optional(),
  /** Vector column; absent = the only one that fits. */
  column: columnName.optional(),
  /** Columns a plain text is searched in; absent = every column with a full-text index. */
  textColumns: columnsToSearch.optional(),
  k: z.int().min(1).max(10_000),
  params: searchParams.optional(),
  filter: filter.optional(),
}

export const search = {
  'search.run': call<SearchResult>()(
    'Searches by vector, text or both, and says how the answer was found.',
    z.strictObject({ ...query, columns: z.array(columnName).max(4096).optional() }),
  ),
  'search.explain': call<SearchPlan>()(
    'The plan of a search as a tree; with `analyze` it is run and its rows, bytes and times are measured.',
    z.strictObject({ ...query, columns: z.array(columnName).max(4096).optional(), analyze: z.boolean().optional() }),
  ),
  'search.tokenize': call<Tokenized>()(
    'The tokens a full-text index makes of a text, with their places in it.',
    z.strictObject({
      ...reading,
      text: z.string().max(1_000_000),
      column: columnName.optional(),
      index: z.string().min(1).max(4096).optional(),
    }),
  ),
  'search.highlight': call<{
    readonly cells: readonly {
      readonly rowId: string
      readonly column: string
      readonly ranges: readonly (readonly [number, number])[]
    }[]
  }>()(
    'Where the words of a full-text query stand in cells, as UTF-16 ranges, found by the tokenizer of their index.',
    z.strictObject({
      ...reading,
      text: textOrTerms,
      columns: z.array(columnName).min(1).max(16),
      rowIds: z.array(rowId).max(1000),
    }),
  ),
  'search.recall': stream<JobEvent<RecallReport>>()(
    'Measures recall@k and latency of a vector index against exact search over a sweep of settings; a job.',
    z.strictObject({
      ...reading,
      column: columnName,
      k: z.int().min(1).max(1000),
      queries: z.union([
        z.strictObject({ sample: z.int().min(1).max(10_000), seed: z.int().min(0).max(0xffff_ffff) }),
        z.strictObject({ vectors: z.array(vectorValues).min(1).max(10_000) }),
      ]),
      sweep: z.strictObject({
        nprobes: z.array(z.int().min(1).max(100_000)).max(32).optional(),
        refine: z.array(z.int().min(0).max(1000)).max(32).optional(),
        ef: z.array(z.int().min(1).max(100_000)).max(32).optional(),
      }),
      metric: z.enum(DISTANCE_METRICS).optional(),
      filter: filter.optional(),
    }),
  ),
} as const
