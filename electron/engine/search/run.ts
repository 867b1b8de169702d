import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { AnsweredBy, AnsweringIndex, SearchHit, SearchWarning } from '#shared/model/search.ts'
import type { EngineContext } from '../context.ts'
import { explainNativeSearch, runNativeSearch, tokenizeNative, type NativeHit } from '../lance/index.ts'
import { selectFields, takeFields, viewOrder } from '../rows/index.ts'
import { indicesInPlan } from './explain/plan-tree.ts'
import { fuseRanks } from './fuse.ts'
import { knownIndices, totalRows } from './known-indices.ts'
import { prepareSearch, type PreparedSearch } from './prepare.ts'
import { termsOf } from './text-query.ts'
import { answeringIndices, findWarnings } from './warnings.ts'

/** Longest a search may take: without an index it reads every row. */
export const SEARCH_TIMEOUT_MS = 120_000

/**
 * Runs a search and takes the rows it found. Lance answers with row ids only; the rows come by the way the Data view reads
 * them, so that they look the same and long values are cut the same.
 */
export async function runSearch(
  context: EngineContext,
  input: Input<'search.run'>,
  signal: AbortSignal,
): Promise<Output<'search.run'>> {
  const began = performance.now()
  const search = await prepareSearch(context, input)
  const { view, vector, text } = search
  const fields = selectFields(view.manifest, input.columns)
  signal.throwIfAborted()
  const [hits, filterIndices, extra] = await Promise.all([findHits(search), findFilterIndices(search), lookUp(search)])
  const searched = performance.now()
  signal.throwIfAborted()
  const ids = [...new Set(hits.map(({ rowId }) => BigInt(rowId)))]
  const taken = ids.length === 0 ? undefined : await takeFields(view, fields, ids, signal)
  const place = new Map(taken?.answered.map((id, index) => [id, index]))
  if (taken !== undefined) viewOrder(ids, taken.answered)
  const answeredBy: AnsweredBy = {
    indices: [...answeringIndices(search).map((index) => toAnswering(index, search)), ...filterIndices],
    unindexedRows: Math.max(0, ...answeringIndices(search).map(({ coverage }) => coverage?.unindexed ?? 0)),
    totalRows: totalRows(view.manifest),
    bruteForced: isBruteForced(search),
    ...(vector === undefined ? {} : { metric: vector.metric }),
    searchMs: searched - began,
    rowsMs: performance.now() - searched,
    elapsedMs: performance.now() - began,
    version: view.at.version,
  }
  return {
    hits,
    arrow: taken?.arrow ?? [],
    order: hits.map(({ rowId }) => place.get(BigInt(rowId)) ?? 0),
    previews: taken?.previews ?? [],
    answeredBy,
    warnings: [...findWarnings(search, hits.length), ...extra],
    ...(vector === undefined ? {} : { vectorColumn: vector.column.name }),
    ...(text === undefined ? {} : { textColumns: text.columns }),
  }
}

async function findHits(search: PreparedSearch): Promise<readonly SearchHit[]> {
  const { view, vector, text } = search
  const [near, matching] = await Promise.all([
    vector === undefined ? undefined : runNativeSearch(view.table, vector.native, SEARCH_TIMEOUT_MS),
    text === undefined ? undefined : runNativeSearch(view.table, text.native, SEARCH_TIMEOUT_MS),
  ])
  if (near !== undefined && matching !== undefined) return toHybridHits(search, near, matching)
  const ranks = new Map<number, number>()
  return (near ?? matching ?? []).map(({ rowId, query, value }) => {
    const rank = (ranks.get(query) ?? 0) + 1
    ranks.set(query, rank)
    const measured = near === undefined ? { score: value } : { distance: value }
    return { rowId: String(rowId), query, rank, ...measured }
  })
}

function toHybridHits(
  { k, params }: PreparedSearch,
  near: readonly NativeHit[],
  matching: readonly NativeHit[],
): readonly SearchHit[] {
  const { rrfK, vectorWeight, textWeight } = params
  const fused = fuseRanks(near, matching, { k: rrfK, vectorWeight, textWeight })
  return fused.slice(0, k).map(({ rowId, relevance, distance, score, vectorRank, textRank }, index) => ({
    rowId: String(rowId),
    query: 0,
    rank: index + 1,
    relevance,
    ...(distance === undefined ? {} : { distance }),
    ...(score === undefined ? {} : { score }),
    ...(vectorRank === undefined ? {} : { vectorRank }),
    ...(textRank === undefined ? {} : { textRank }),
  }))
}

/** Indices the plan uses for the filter. Planning takes about a millisecond, beside the search itself. */
async function findFilterIndices({ view, vector, text, filter }: PreparedSearch): Promise<readonly AnsweringIndex[]> {
  const native = vector?.native ?? text?.native
  if (filter === undefined || native === undefined) return []
  const plan = await explainNativeSearch(view.table, native, { analyze: false, timeoutMs: SEARCH_TIMEOUT_MS })
  const names = new Set(indicesInPlan(plan, 'ScalarIndexQuery'))
  return knownIndices(view.manifest)
    .filter(({ name }) => names.has(name))
    .map(({ name, details, segments }) => ({ name, type: details.type, role: 'filter', segments }))
}

/** Warnings that cost a look into the index. */
async function lookUp({ view, text }: PreparedSearch): Promise<readonly SearchWarning[]> {
  const indexed = text?.indices[0]?.column
  if (text === undefined || indexed === undefined) return []
  const words = termsOf(text.query).join(' ')
  if (words.trim() === '') return []
  const tokens = await tokenizeNative(view.table, words, indexed, SEARCH_TIMEOUT_MS).catch((error: unknown) => {
    // A look that fails says nothing of the search.
    if (error instanceof AppError) return undefined
    throw error
  })
  if (tokens === undefined || tokens.length > 0) return []
  return [
    {
      code: 'only-stop-words',
      message: 'Every word of the search is one the index leaves out, so nothing can match.',
      hint: 'Add a rarer word, or build the index without removing stop words.',
      column: indexed,
    },
  ]
}

function toAnswering(index: ReturnType<typeof answeringIndices>[number], search: PreparedSearch): AnsweringIndex {
  const isVector = index.details.kind === 'vector'
  const nprobes = isVector ? search.params.nprobes?.max : undefined
  return {
    name: index.name,
    type: index.details.type,
    role: isVector ? 'vector' : 'text',
    segments: index.segments,
    ...(nprobes === undefined || nprobes === 0 ? {} : { nprobes }),
  }
}

function isBruteForced({ vector, text }: PreparedSearch): boolean {
  const isVectorFlat = vector !== undefined && vector.index === undefined
  const isTextFlat = text !== undefined && text.indices.length === 0
  return isVectorFlat || isTextFlat
}
