import type { IndexType, QueryProof } from '#shared/model/index-entry.ts'
import type { DistanceMetric } from '#shared/model/search.ts'
import {
  decodeSample,
  decodeValues,
  explainFilter,
  explainNativeSearch,
  timeFilter,
  timeNativeSearch,
  type NativeSearch,
  type NativeTable,
} from '../lance/index.ts'
import { toSqlLiteral } from '../rows/index.ts'
import type { IndexColumn } from './columns.ts'
import { projectColumn } from './sample.ts'

/** Runs of the query that are timed; one before them warms up. */
const RUNS = 5
const NEIGHBOURS = 10
/** A query that takes longer proves nothing worth the wait. */
const TIMEOUT_MS = 30_000
/** Rows looked at for a value to ask with, from the middle on. */
const LOOK_ROWS = 200
/** Longest piece of a text asked for. */
const PIECE = 12

/** A query an index of a type would answer, drawn from the data. */
export interface ProofQuery {
  readonly text: string
  readonly ask: { readonly filter: string } | { readonly search: NativeSearch }
}

interface Measured {
  readonly ms: number
  readonly plan: string
}

/** A query over a value that is there; undefined when none was found to ask with. */
export async function chooseQuery(
  table: NativeTable,
  column: IndexColumn,
  { type, metric }: { readonly type: IndexType; readonly metric?: DistanceMetric | undefined },
  rows: number,
): Promise<ProofQuery | undefined> {
  const offset = Math.max(0, Math.floor((rows - LOOK_ROWS) / 2))
  const limits = { timeoutMs: TIMEOUT_MS }
  for await (const file of table.page([projectColumn(column)], { offset, limit: LOOK_ROWS }, limits)) {
    const query = toQuery(file, column, type, metric)
    if (query !== undefined) return query
  }
  return undefined
}

function toQuery(
  file: Uint8Array,
  { path, sql, vector }: IndexColumn,
  type: IndexType,
  metric: DistanceMetric | undefined,
): ProofQuery | undefined {
  if (vector !== undefined) {
    if (vector.isMulti) return undefined
    const sampled = decodeSample(file).find((value) => typeof value === 'object' && value.length === vector.dimension)
    if (typeof sampled !== 'object') return undefined
    const search = { vector: { column: path, vectors: [sampled.map(Number)] }, limit: NEIGHBOURS, metric }
    return { text: `${NEIGHBOURS} nearest to a vector of ${path}`, ask: { search } }
  }
  const [first] = decodeSample(file).filter((value) => typeof value !== 'object' || value.length > 0)
  if (first === undefined) return undefined
  const label = typeof first === 'object' ? first[0] : first
  if (type === 'FTS') {
    const terms = typeof label === 'string' ? longestWord(label) : undefined
    if (terms === undefined) return undefined
    return {
      text: `match "${terms}" in ${path}`,
      ask: { search: { text: { kind: 'match', terms, column: path }, limit: NEIGHBOURS } },
    }
  }
  if (type === 'LABEL_LIST') return byFilter(label, (literal) => `array_has(${sql}, ${literal})`)
  if (type === 'FM') {
    return byFilter(typeof label === 'string' ? label.slice(0, PIECE) : undefined, (it) => `contains(${sql}, ${it})`)
  }
  const [value] = decodeValues(file)
  const literal = value === undefined ? toLiteral(first) : toSqlLiteral(value)
  return literal === undefined ? undefined : filterQuery(`${sql} = ${literal}`)
}

function byFilter(value: unknown, toFilter: (literal: string) => string): ProofQuery | undefined {
  const literal = toLiteral(value)
  return literal === undefined ? undefined : filterQuery(toFilter(literal))
}

const filterQuery = (filter: string): ProofQuery => ({ text: filter, ask: { filter } })

function toLiteral(value: unknown): string | undefined {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined
}

function longestWord(text: string): string | undefined {
  return text.match(/[\p{L}\p{N}]+/gu)?.reduce((longest, word) => (word.length > longest.length ? word : longest))
}

/** Plan and median time of a query; undefined when Lance does not answer it, which must not fail what it is to prove. */
export async function measureQuery(table: NativeTable, { ask }: ProofQuery): Promise<Measured | undefined> {
  const run = (): Promise<number> =>
    'filter' in ask
      ? timeFilter(table, ask.filter, TIMEOUT_MS)
      : timeNativeSearch(table, ask.search, TIMEOUT_MS).then(({ elapsedMs }) => elapsedMs)
  try {
    const plan =
      'filter' in ask
        ? await explainFilter(table, ask.filter, TIMEOUT_MS)
        : await explainNativeSearch(table, ask.search, { analyze: false, timeoutMs: TIMEOUT_MS })
    await run()
    const times: number[] = []
    for (let left = RUNS; left > 0; left--) times.push(await run())
    return { plan, ms: times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0 }
  } catch {
    return undefined
  }
}

/** Before and after, where both could be measured. */
export function toProof(
  query: ProofQuery | undefined,
  before: Measured | undefined,
  after: Measured | undefined,
): { readonly proof?: QueryProof } {
  if (query === undefined || before === undefined || after === undefined) return {}
  return {
    proof: {
      query: query.text,
      beforeMs: before.ms,
      afterMs: after.ms,
      beforePlan: before.plan,
      afterPlan: after.plan,
    },
  }
}
