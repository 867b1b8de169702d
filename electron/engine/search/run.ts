import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { AnsweredBy, AnsweringIndex, SearchHit, SearchWarning } from '#shared/model/search.ts'
import type { EngineContext } from '../context.ts'
import { explainNativeSearch, mostProbes, timeNativeSearch, tokenizeNative, type NativeHit } from '../lance/index.ts'
import { abortable, selectFields, takeFields, viewOrder } from '../rows/index.ts'
import { indicesInPlan } from './explain/plan-tree.ts'
import { fuseRanks } from './fuse.ts'
import { knownIndices, totalRows } from './known-indices.ts'
import { prepareSearch, type PreparedSearch } from './prepare.ts'
import { wordsOf } from './text-query.ts'
import { answeringIndices, findWarnings, isSkipping } from './warnings.ts'

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
  const [found, filterIndices] = await abortable(signal, Promise.all([findHits(search), findFilterIndices(search)]))
  const { hits } = found
  const searched = performance.now()
  signal.throwIfAborted()
  const ids = [...new Set(hits.map(({ rowId }) => BigInt(rowId)))]
  const taken = ids.length === 0 ? undefined : await takeFields(view, fields, ids, signal)
  const place = new Map(taken?.answered.map((id, index) => [id, index]))
  if (taken !== undefined) viewOrder(ids, taken.answered)
  const answeredBy: AnsweredBy = {
    indices: [...answeringIndices(search).map((index) => toAnswering(index, search)), ...filterIndices],
    unindexedRows: isAnyUnanswered(search)
      ? totalRows(view.manifest)
      : Math.max(0, ...answeringIndices(search).map(({ coverage }) => coverage?.unindexed ?? 0)),
    totalRows: totalRows(view.manifest),
    bruteForced: isBruteForced(search),
    ...(vector === undefined ? {} : { metric: vector.metric }),
    searchMs: found.elapsedMs,
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
    warnings: [...findWarnings(search, found.near), ...(hits.length > 0 ? [] : await findStopWords(search))],
    ...(vector === undefined ? {} : { vectorColumn: vector.column.name }),
    ...(text === undefined ? {} : { textColumns: text.columns }),
  }
}

interface Found {
  readonly hits: readonly SearchHit[]
  /** Hits of the vector list, before any fusion. */
  readonly near: number | undefined
  /** Time Lance took; that of the slower list of a hybrid. */
  readonly elapsedMs: number
}

async function findHits(search: PreparedSearch): Promise<Found> {
  const { view, vector, text } = search
  const [near, matching] = await Promise.all([
    vector === undefined ? undefined : timeNativeSearch(view.table, vector.native, SEARCH_TIMEOUT_MS),
    text === undefined ? undefined : timeNativeSearch(view.table, text.native, SEARCH_TIMEOUT_MS),
  ])
  return {
    hits:
      near !== undefined && matching !== undefined
        ? toHybridHits(search, near.hits, matching.hits)
        : toHits(near, matching),
    near: near?.hits.length,
    elapsedMs: Math.max(near?.elapsedMs ?? 0, matching?.elapsedMs ?? 0),
  }
}

type Answer = Awaited<ReturnType<typeof timeNativeSearch>>

function toHits(near: Answer | undefined, matching: Answer | undefined): readonly SearchHit[] {
  const ranks = new Map<number, number>()
  return ((near ?? matching)?.hits ?? []).map(({ rowId, query, value }) => {
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

/** Whether an empty answer is empty because the indices keep none of the words: each is asked for its own column. */
async function findStopWords({ view, text }: PreparedSearch): Promise<readonly SearchWarning[]> {
  const words = text === undefined ? [] : wordsOf(text.query)
  const [first] = words
  if (text === undefined || first === undefined) return []
  if (words.some(({ column }) => !text.indices.some((index) => index.column === column))) return []
  const counts = await Promise.all(
    words.map(({ terms, column }) =>
      tokenizeNative(view.table, terms, column, SEARCH_TIMEOUT_MS).then(
        (tokens) => tokens.length,
        (error: unknown) => {
          // A look that fails says nothing of the search.
          if (error instanceof AppError) return 1
          throw error
        },
      ),
    ),
  )
  if (counts.some((count) => count > 0)) return []
  return [
    {
      code: 'only-stop-words',
      message: 'Every word of the search is one the index leaves out, so nothing can match.',
      hint: 'Add a rarer word, or build the index without removing stop words.',
      column: first.column,
    },
  ]
}

function toAnswering(index: ReturnType<typeof answeringIndices>[number], search: PreparedSearch): AnsweringIndex {
  const isVector = index.details.kind === 'vector'
  // A graph usually is one partition, so only bounds asked for are worth saying of it.
  const isBounded = isVector && (search.params.nprobes !== undefined || index.details.type.startsWith('IVF_'))
  const nprobes = isBounded ? mostProbes(search.params.nprobes) : undefined
  return {
    name: index.name,
    type: index.details.type,
    role: isVector ? 'vector' : 'text',
    segments: index.segments,
    ...(nprobes === undefined ? {} : { nprobes }),
  }
}

function isBruteForced(search: PreparedSearch): boolean {
  const { vector, text } = search
  const isVectorFlat = vector !== undefined && vector.index === undefined && !isSkipping(search, 'vector')
  const isTextFlat = text !== undefined && text.indices.length === 0 && !isSkipping(search, 'text')
  return isVectorFlat || isTextFlat
}

/** True when fast search left out every row of a part for want of an index. */
function isAnyUnanswered(search: PreparedSearch): boolean {
  const { vector, text } = search
  return (
    (vector !== undefined && vector.index === undefined && isSkipping(search, 'vector')) ||
    (text !== undefined && text.indices.length === 0 && isSkipping(search, 'text'))
  )
}
