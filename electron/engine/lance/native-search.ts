import type { DistanceMetric, TextQuery } from '#shared/model/search.ts'
import { loadArrow, loadLanceDb } from './module.ts'
import type { NativeQuery, NativeTableHandle, NativeVectorQuery } from './native-api.ts'
import type { NativeTable } from './native-table.ts'

/** One search as Lance is asked it: by vector or by text. Hybrids are two of them. */
export interface NativeSearch {
  readonly vector?: {
    readonly column: string
    /** Several = several queries, or on a multivector column the vectors of one. */
    readonly vectors: readonly (readonly number[])[]
  }
  readonly text?: TextQuery
  readonly limit: number
  readonly filter?: string | undefined
  readonly metric?: DistanceMetric | undefined
  readonly nprobes?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined
  readonly refine?: number | undefined
  readonly ef?: number | undefined
  readonly distanceRange?: { readonly lower?: number | undefined; readonly upper?: number | undefined } | undefined
  /** Vector searches alone; a full-text search always filters first. */
  readonly postfilter?: boolean | undefined
  readonly exact?: boolean | undefined
  readonly fast?: boolean | undefined
}

export interface NativeHit {
  readonly rowId: bigint
  readonly query: number
  /** Distance of a vector search, BM25 score of a text search. */
  readonly value: number
}

/** Hits, best first, query by query. Every failure is an AppError. */
export async function runNativeSearch(
  table: NativeTable,
  search: NativeSearch,
  timeoutMs: number,
): Promise<readonly NativeHit[]> {
  return (await timeNativeSearch(table, search, timeoutMs)).hits
}

/** As {@link runNativeSearch}, with the time from asking Lance until it gave its last batch. */
export async function timeNativeSearch(
  table: NativeTable,
  search: NativeSearch,
  timeoutMs: number,
): Promise<{ readonly hits: readonly NativeHit[]; readonly elapsedMs: number }> {
  return table.run('search', timeoutMs, async (handle) => {
    const query = toNativeQuery(handle, search)
    const files: Uint8Array[] = []
    const began = performance.now()
    const batches = await query.execute(undefined, timeoutMs)
    for (let batch = await batches.next(); batch !== null; batch = await batches.next()) files.push(batch)
    const elapsedMs = performance.now() - began
    return { hits: files.flatMap(readHits), elapsedMs }
  })
}

/** The plan of a search as Lance prints it; with `analyze` it is run and its figures are printed too. */
export async function explainNativeSearch(
  table: NativeTable,
  search: NativeSearch,
  { analyze, timeoutMs }: { readonly analyze: boolean; readonly timeoutMs: number },
): Promise<string> {
  return table.run('search', timeoutMs, (handle) => {
    const query = toNativeQuery(handle, search)
    return analyze ? query.analyzePlan() : query.explainPlan(false)
  })
}

/** What the tokenizer of a column's full-text index makes of a text. */
export async function tokenizeNative(table: NativeTable, text: string, column: string, timeoutMs: number) {
  return table.run('search', timeoutMs, (handle) => handle.tokenize(text, column, null))
}

function toNativeQuery(handle: NativeTableHandle, search: NativeSearch): NativeQuery {
  const { vector, text } = search
  const query = vector === undefined ? handle.query() : toVectorQuery(handle.query(), vector, search)
  // Asked for by name: otherwise Lance adds it by itself and complains on stderr.
  query.selectColumns([vector === undefined ? '_score' : '_distance'])
  query.withRowId()
  if (text !== undefined) query.fullTextSearch({ query: toNativeText(text) })
  query.limit(search.limit)
  if (search.filter !== undefined) query.onlyIf(search.filter)
  if (search.fast === true) query.fastSearch()
  return query
}

function toVectorQuery(
  query: NativeQuery,
  { column, vectors }: NonNullable<NativeSearch['vector']>,
  search: NativeSearch,
): NativeVectorQuery {
  const [first = [], ...more] = vectors
  const nearest = query.nearestTo(Float32Array.from(first))
  for (const vector of more) nearest.addQueryVector(Float32Array.from(vector))
  nearest.column(column)
  if (search.metric !== undefined) nearest.distanceType(search.metric)
  if (search.exact === true) nearest.bypassVectorIndex()
  if (search.postfilter === true) nearest.postfilter()
  if (search.refine !== undefined) nearest.refineFactor(search.refine)
  if (search.ef !== undefined) nearest.ef(search.ef)
  if (search.nprobes !== undefined) setProbes(nearest, search.nprobes)
  const { lower, upper } = search.distanceRange ?? {}
  if (lower !== undefined || upper !== undefined) nearest.distanceRange(lower ?? null, upper ?? null)
  return nearest
}

/** Both bounds of LanceDB before any is set. */
const DEFAULT_PROBES = 20

/** Most partitions a search looks into per segment; undefined = no bound. With one bound given the other gives way. */
export function mostProbes({ min, max }: NonNullable<NativeSearch['nprobes']> = {}): number | undefined {
  return max === 0 ? undefined : (max ?? Math.max(DEFAULT_PROBES, min ?? 0))
}

/** Sets bounds so that at no moment the lower one exceeds the upper one, which Lance refuses. */
function setProbes(query: NativeVectorQuery, nprobes: NonNullable<NativeSearch['nprobes']>): void {
  const isUnbounded = nprobes.max === 0
  const upper = mostProbes(nprobes) ?? Number.POSITIVE_INFINITY
  const lower = nprobes.min ?? Math.min(DEFAULT_PROBES, upper)
  if (lower <= DEFAULT_PROBES) query.minimumNprobes(lower)
  query.maximumNprobes(isUnbounded ? 0 : upper)
  if (lower > DEFAULT_PROBES) query.minimumNprobes(lower)
}

/** LanceDB's own query objects; their native part is a plain property hidden from the public types. */
function toNativeText(query: TextQuery): object {
  return (toTextQuery(query) as unknown as { readonly inner: object }).inner
}

function toTextQuery(query: TextQuery): object {
  const lancedb = loadLanceDb()
  const operator = (name: 'and' | 'or' | undefined) => (name === 'and' ? lancedb.Operator.And : lancedb.Operator.Or)
  switch (query.kind) {
    case 'match':
      return new lancedb.MatchQuery(query.terms, query.column ?? '', {
        boost: query.boost ?? 1,
        // LanceDB's types know only numbers; undefined means none there, null by length.
        fuzziness: (query.fuzziness === 'auto' ? null : (query.fuzziness ?? 0)) as number,
        maxExpansions: query.maxExpansions ?? 50,
        operator: operator(query.operator),
        prefixLength: query.prefixLength ?? 0,
      })
    case 'phrase':
      return new lancedb.PhraseQuery(query.terms, query.column ?? '', { slop: query.slop ?? 0 })
    case 'multi-match':
      return new lancedb.MultiMatchQuery(
        query.terms,
        query.columns.map(({ column }) => column),
        { boosts: query.columns.map(({ boost }) => boost ?? 1), operator: operator(query.operator) },
      )
    case 'boost':
      return new lancedb.BoostQuery(
        toTextQuery(query.positive) as never,
        toTextQuery(query.negative) as never,
        query.negativeBoost === undefined ? {} : { negativeBoost: query.negativeBoost },
      )
    case 'boolean': {
      const { Occur } = lancedb
      const clauses = [
        ...(query.must ?? []).map((part) => [Occur.Must, toTextQuery(part)]),
        ...(query.should ?? []).map((part) => [Occur.Should, toTextQuery(part)]),
        ...(query.mustNot ?? []).map((part) => [Occur.MustNot, toTextQuery(part)]),
      ]
      return new lancedb.BooleanQuery(clauses as never)
    }
  }
}

function readHits(batch: Uint8Array): readonly NativeHit[] {
  const table = loadArrow().tableFromIPC(batch)
  const ids = table.getChild('_rowid')?.toArray() as BigUint64Array
  const values = (table.getChild('_distance') ?? table.getChild('_score'))?.toArray() as Float32Array
  const queries = table.getChild('query_index')?.toArray() as Int32Array | undefined
  return Array.from(ids, (rowId, i) => ({ rowId, query: queries?.[i] ?? 0, value: values[i] ?? Number.NaN }))
}

/** Rows of a file with a vector column first and `_rowid` after it; a null vector stays null. */
export function decodeVectorRows(
  file: Uint8Array,
): readonly { readonly rowId: bigint; readonly vector: readonly number[] | null }[] {
  const table = loadArrow().tableFromIPC(file)
  const vectors = table.getChildAt(0)
  const ids = table.getChild('_rowid')?.toArray() as BigUint64Array
  return Array.from(ids, (rowId, row) => {
    const value: unknown = vectors?.get(row)
    return { rowId, vector: value === null ? null : [...(value as Iterable<number>)].map(Number) }
  })
}

/** Rows an index leaves out, as Lance counts them; undefined when there is no such index. */
export async function countUnindexed(
  table: NativeTable,
  index: string,
  timeoutMs: number,
): Promise<number | undefined> {
  const stats = await table.run('search', timeoutMs, (handle) => handle.indexStats(index))
  return stats?.numUnindexedRows
}

/** Numbers of the one value of a vector cell: one vector, or those of a multivector; null when the cell is null. */
export function decodeVectors(file: Uint8Array): readonly (readonly number[])[] | null {
  const arrow = loadArrow()
  const vector = arrow.tableFromIPC(file).getChildAt(0)
  const value: unknown = vector?.get(0)
  if (value === null || value === undefined) return null
  const outer = [...(value as Iterable<unknown>)]
  if (typeof outer[0] === 'object' && outer[0] !== null)
    return outer.map((inner) => [...(inner as Iterable<number>)].map(Number))
  return [outer.map(Number)]
}
