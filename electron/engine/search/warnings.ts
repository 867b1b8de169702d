import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { SearchWarning } from '#shared/model/search.ts'
import { totalRows, type KnownIndex } from './known-indices.ts'
import type { PreparedSearch } from './prepare.ts'

/** Above this many rows comparing every one of them is worth an index. */
const MANY_ROWS = 50_000

/** What the answer to a search does not show by itself; `near` is how many hits the vector search gave, if there was one. */
export function findWarnings(search: PreparedSearch, near: number | undefined): readonly SearchWarning[] {
  return [
    ...vectorWarnings(search),
    ...textWarnings(search),
    ...coverageWarnings(search),
    ...fewResults(search, near),
    ...ignoredParameters(search),
  ]
}

/** True when rows are left out because no index covers them; exact search takes no notice of `fast`. */
export function isSkipping({ params }: PreparedSearch, kind: 'vector' | 'text'): boolean {
  return params.fast === true && !(kind === 'vector' && params.exact === true)
}

function fewResults(search: PreparedSearch, near: number | undefined): SearchWarning[] {
  const { vector, view, params, filter, k } = search
  if (vector === undefined || near === undefined) return []
  const queries = vector.column.isMulti ? 1 : vector.vectors.length
  if (filter !== undefined) {
    if (params.postfilter !== true || near >= k * queries) return []
    return [
      {
        code: 'few-results',
        message: `Only ${formatNoun(near, 'row')} of the nearest ${formatCount(k * queries)} passed the filter.`,
        hint: 'Filter before the search, or ask for more rows.',
        parameter: 'postfilter',
        rows: near,
      },
    ]
  }
  const covered = vector.index?.coverage?.indexed
  const most = covered === undefined || !isSkipping(search, 'vector') ? totalRows(view.manifest) : covered
  if (vector.index === undefined || params.distanceRange !== undefined || near >= Math.min(k, most) * queries) return []
  return [
    {
      code: 'few-results',
      message: `Only ${formatNoun(near, 'row')} came of ${formatCount(Math.min(k, most) * queries)}: the partitions looked into hold no more with a vector.`,
      hint: 'Look into more partitions, or search exactly.',
      parameter: 'nprobes',
      index: vector.index.name,
      rows: near,
    },
  ]
}

function vectorWarnings(search: PreparedSearch): SearchWarning[] {
  const { vector, view, params } = search
  if (vector === undefined) return []
  const warnings: SearchWarning[] = []
  const { column, index, unusable, metric, vectors } = vector
  const isSkipped = isSkipping(search, 'vector')
  if (unusable !== undefined) {
    warnings.push({
      code: 'metric-differs',
      message: `The index ${unusable.name} is for ${unusable.details.metric ?? 'another'} distance; ${isSkipped ? `it cannot answer for ${metric}` : `for ${metric} every row was compared`}.`,
      hint: `Search with ${unusable.details.metric ?? 'its own'} distance to use the index.`,
      index: unusable.name,
      column: column.name,
    })
  } else if (index === undefined && params.exact !== true && !isSkipped && totalRows(view.manifest) > MANY_ROWS) {
    warnings.push({
      code: 'no-vector-index',
      message: `The column "${column.name}" has no vector index; every row was compared.`,
      hint: 'Build an index on it to search faster.',
      column: column.name,
    })
  }
  if (index === undefined && isSkipped) warnings.push(nothingSearched(column.name, 'vector', totalRows(view.manifest)))
  if (metric === 'cosine' && vectors.some((vector) => vector.every((value) => value === 0))) {
    warnings.push({
      code: 'zero-vector',
      message: 'A vector of zeros has no direction; its cosine distances mean nothing.',
      hint: 'Use another vector, or l2 distance.',
    })
  }
  return warnings
}

function textWarnings(search: PreparedSearch): SearchWarning[] {
  const { text, view } = search
  if (text === undefined) return []
  const rows = totalRows(view.manifest)
  return text.columns
    .filter((column) => !text.indices.some((index) => index.column === column))
    .map((column) =>
      isSkipping(search, 'text')
        ? nothingSearched(column, 'full-text', rows)
        : {
            code: 'no-text-index',
            message: `The column "${column}" has no full-text index; every row was read.`,
            hint: 'Build a full-text index on it to search faster.',
            column,
          },
    )
}

/** Fast search without an index is answered with nothing, by LanceDB too. */
function nothingSearched(column: string, kind: 'vector' | 'full-text', rows: number): SearchWarning {
  return {
    code: 'unindexed-rows-skipped',
    message: `No ${kind} index answers for the column "${column}", so fast search left out all ${formatNoun(rows, 'row')}.`,
    hint: 'Search without "fast", or build an index.',
    column,
    parameter: 'fast',
    rows,
  }
}

function coverageWarnings(search: PreparedSearch): SearchWarning[] {
  const rows = totalRows(search.view.manifest)
  return answeringIndices(search).flatMap((index): SearchWarning[] => {
    const left = index.coverage?.unindexed ?? 0
    if (left === 0) return []
    if (left === rows) {
      return [
        {
          code: 'index-empty',
          message: `The index ${index.name} covers none of the ${formatNoun(rows, 'row')}.`,
          hint: 'Build it again, or drop it.',
          index: index.name,
          rows: left,
        },
      ]
    }
    const isSkipped = search.params.fast === true
    return [
      {
        code: isSkipped ? 'unindexed-rows-skipped' : 'unindexed-rows',
        message: isSkipped
          ? `${formatCount(left)} of ${formatNoun(rows, 'row')} were left out: the index ${index.name} does not cover them.`
          : `${formatCount(left)} of ${formatNoun(rows, 'row')} were searched one by one: the index ${index.name} does not cover them.`,
        hint: 'Optimize the indices to fold them in.',
        index: index.name,
        rows: left,
      },
    ]
  })
}

/** Indices that answer the search itself; those a filter uses are known from the plan. */
export function answeringIndices({ vector, text }: PreparedSearch): readonly KnownIndex[] {
  return [...(vector?.index === undefined ? [] : [vector.index]), ...(text?.indices ?? [])]
}

function whyNoPostfilter(filter: string | undefined, hasVector: boolean): string | undefined {
  if (filter === undefined) return 'there is no filter'
  return hasVector ? undefined : 'a full-text search always filters first'
}

function ignoredParameters(search: PreparedSearch): SearchWarning[] {
  const { params, vector, text, filter } = search
  const type = vector?.index?.details.type ?? ''
  const isHybrid = vector !== undefined && text !== undefined
  const noIndex = 'no vector index answers this search'
  const rules: readonly (readonly [parameter: string, isGiven: boolean, why: string | undefined])[] = [
    ['metric', params.metric !== undefined, vector === undefined ? 'there is no vector' : undefined],
    ['nprobes', params.nprobes !== undefined, vector?.index === undefined ? noIndex : undefined],
    [
      'refine',
      params.refine !== undefined,
      vector?.index === undefined
        ? noIndex
        : type === 'IVF_FLAT'
          ? 'an IVF_FLAT index compares whole vectors already'
          : undefined,
    ],
    ['ef', params.ef !== undefined, type.startsWith('HNSW') ? undefined : 'only HNSW indices know it'],
    ['distanceRange', params.distanceRange !== undefined, vector === undefined ? 'there is no vector' : undefined],
    ['exact', params.exact === true, vector === undefined ? 'there is no vector' : undefined],
    ['postfilter', params.postfilter === true, whyNoPostfilter(filter, vector !== undefined)],
    [
      'fast',
      params.fast === true,
      params.exact === true && vector !== undefined && text === undefined
        ? 'exact search compares every row'
        : undefined,
    ],
    ...(['rrfK', 'vectorWeight', 'textWeight'] as const).map(
      (name) =>
        [name, params[name] !== undefined, isHybrid ? undefined : 'only hybrid searches fuse rankings'] as const,
    ),
  ]
  return rules.flatMap(([parameter, isGiven, why]) =>
    isGiven && why !== undefined
      ? [{ code: 'parameter-ignored' as const, message: `"${parameter}" had no effect: ${why}.`, parameter }]
      : [],
  )
}
