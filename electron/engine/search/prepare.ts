import type { Input } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { DistanceMetric } from '#shared/model/search.ts'
import type { EngineContext } from '../context.ts'
import { toFilter, openView, type View } from '../rows/index.ts'
import type { NativeSearch } from '../lance/index.ts'
import { knownIndices, type KnownIndex } from './known-indices.ts'
import { toQueryVectors, type QueryVectors } from './query-vectors.ts'
import { prepareText, type PreparedText } from './text-query.ts'

export type SearchInput = Input<'search.explain'>
export type SearchParams = NonNullable<SearchInput['params']>

/** A search whose every part was checked: what Lance is asked, and what is known of the indices it may use. */
export interface PreparedSearch {
  readonly view: View
  readonly k: number
  readonly params: SearchParams
  readonly filter: string | undefined
  readonly vector?: QueryVectors & {
    readonly metric: DistanceMetric
    /** The index Lance would use for this column and metric; undefined = every row is compared. */
    readonly index: KnownIndex | undefined
    /** An index of the column that cannot be used: it has another metric. */
    readonly unusable: KnownIndex | undefined
    readonly native: NativeSearch
  }
  readonly text?: PreparedText & { readonly indices: readonly KnownIndex[]; readonly native: NativeSearch }
}

/** Most hits of one search, all its vectors together: they are held in memory and cross to the page at once. */
const MAX_HITS = 50_000

/** Opens the state a search is about and checks the search against its schema and indices. */
export async function prepareSearch(context: EngineContext, input: SearchInput): Promise<PreparedSearch> {
  if (input.vector === undefined && input.text === undefined) {
    throw new AppError({
      code: 'invalid-input',
      message: 'A search needs a vector, a text, or both.',
      hint: 'Give "vector" or "text".',
    })
  }
  checkBounds(input.params ?? {})
  const view = await openView(context, input)
  const indices = knownIndices(view.manifest)
  const filter = toFilter(input.filter)
  const params = input.params ?? {}
  const common = { limit: input.k, filter, fast: params.fast }
  const indexed = indices.filter(({ details }) => details.kind === 'text').flatMap(({ column }) => column ?? [])
  const text = input.text === undefined ? undefined : prepareText(view, input.text, input.textColumns, indexed)
  const vector =
    input.vector === undefined ? undefined : await toQueryVectors(view, await inState(context, input), input.column)
  if (vector !== undefined && text !== undefined && vector.vectors.length > 1 && !vector.column.isMulti) {
    throw new AppError({
      code: 'invalid-vector',
      message: 'Text and several vectors cannot be joined into one ranking.',
      hint: 'Search with one vector, or without the text.',
    })
  }
  if (vector !== undefined && !vector.column.isMulti && vector.vectors.length * input.k > MAX_HITS) {
    throw new AppError({
      code: 'too-large',
      message: `${input.k} rows for each of ${vector.vectors.length} vectors are more than ${MAX_HITS} hits.`,
      hint: 'Ask for fewer rows, or give fewer vectors.',
    })
  }
  return {
    view,
    k: input.k,
    params,
    filter,
    ...(vector === undefined ? {} : { vector: withIndex(vector, indices, params, common) }),
    ...(text === undefined ? {} : { text: withTextIndices(text, indices, common) }),
  }
}

/** The vector asked with; that of a row of another state is read there, for here the row may be changed, moved or gone. */
async function inState(context: EngineContext, input: SearchInput): Promise<NonNullable<SearchInput['vector']>> {
  const { dataset, vector = [], column } = input
  if (Array.isArray(vector) || vector.ref === undefined) return vector
  const there = await openView(context, { dataset, ref: vector.ref })
  const { vectors } = await toQueryVectors(there, { rowId: vector.rowId }, column)
  return vectors.map((one) => [...one])
}

function checkBounds({ nprobes, distanceRange }: SearchParams): void {
  const { min = 1, max = 0 } = nprobes ?? {}
  if (max !== 0 && min > max) {
    throw new AppError({
      code: 'invalid-input',
      message: `At least ${min} partitions cannot be searched when at most ${max} may be.`,
      hint: 'Raise the largest number of partitions, or lower the smallest.',
    })
  }
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = distanceRange ?? {}
  if (lower >= upper) {
    throw new AppError({
      code: 'invalid-input',
      message: `No distance is at least ${lower} and below ${upper}.`,
      hint: 'Make the range wider.',
    })
  }
}

type Common = Pick<NativeSearch, 'limit' | 'filter' | 'fast'>

function withIndex(
  vector: QueryVectors,
  indices: readonly KnownIndex[],
  params: SearchParams,
  common: Common,
): NonNullable<PreparedSearch['vector']> {
  const { column } = vector
  const own = indices.filter(({ details, column: name }) => details.kind === 'vector' && name === column.name)
  const natural: DistanceMetric = column.isBytes ? 'hamming' : 'l2'
  const metric = params.metric ?? own[0]?.details.metric ?? natural
  const index = params.exact === true ? undefined : own.find(({ details }) => (details.metric ?? metric) === metric)
  return {
    ...vector,
    metric,
    index,
    unusable: index === undefined && params.exact !== true ? own[0] : undefined,
    native: {
      ...common,
      vector: { column: column.name, vectors: vector.vectors },
      metric,
      nprobes: params.nprobes,
      refine: params.refine,
      ef: params.ef,
      distanceRange: params.distanceRange,
      postfilter: params.postfilter,
      exact: params.exact,
      // Without an index, "fast" would leave an exact search nothing to look at.
      fast: params.exact === true ? undefined : common.fast,
    },
  }
}

function withTextIndices(
  text: PreparedText,
  indices: readonly KnownIndex[],
  common: Common,
): NonNullable<PreparedSearch['text']> {
  const used = indices.filter(
    ({ details, column }) => details.kind === 'text' && column !== undefined && text.columns.includes(column),
  )
  return { ...text, indices: used, native: { ...common, text: text.query } }
}
