import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { SearchWarning } from '#shared/model/search.ts'
import { totalRows, type KnownIndex } from './known-indices.ts'
import type { PreparedSearch } from './prepare.ts'

/** Above this many rows comparing every one of them is worth an index. */
const MANY_ROWS = 50_000

/** What the answer to a search does not show by itself; `found` is the number of rows it found. */
export function findWarnings(search: PreparedSearch, found: number): readonly SearchWarning[] {
  const warnings = [
    ...vectorWarnings(search),
    ...textWarnings(search),
    ...coverageWarnings(search),
    ...ignoredParameters(search),
  ]
  if (search.params.postfilter === true && search.filter !== undefined && found < search.k) {
    warnings.push({
      code: 'few-results',
      message: `Only ${formatNoun(found, 'row')} of the nearest ${formatCount(search.k)} passed the filter.`,
      hint: 'Filter before the search, or ask for more rows.',
    })
  }
  return warnings
}

function vectorWarnings({ vector, view, params }: PreparedSearch): SearchWarning[] {
  if (vector === undefined) return []
  const warnings: SearchWarning[] = []
  const { column, index, unusable, metric, vectors } = vector
  if (unusable !== undefined) {
    warnings.push({
      code: 'metric-differs',
      message: `The index ${unusable.name} is for ${unusable.details.metric ?? 'another'} distance; for ${metric} every row was compared.`,
      hint: `Search with ${unusable.details.metric ?? 'its own'} distance to use the index.`,
      index: unusable.name,
      column: column.name,
    })
  } else if (index === undefined && params.exact !== true && totalRows(view.manifest) > MANY_ROWS) {
    warnings.push({
      code: 'no-vector-index',
      message: `The column "${column.name}" has no vector index; every row was compared.`,
      hint: 'Build an index on it to search faster.',
      column: column.name,
    })
  }
  if (metric === 'cosine' && vectors.some((vector) => vector.every((value) => value === 0))) {
    warnings.push({
      code: 'zero-vector',
      message: 'A vector of zeros has no direction; its cosine distances mean nothing.',
      hint: 'Use another vector, or l2 distance.',
    })
  }
  return warnings
}

function textWarnings({ text }: PreparedSearch): SearchWarning[] {
  if (text === undefined) return []
  return text.columns
    .filter((column) => !text.indices.some((index) => index.column === column))
    .map((column) => ({
      code: 'no-text-index',
      message: `The column "${column}" has no full-text index; every row was read.`,
      hint: 'Build a full-text index on it to search faster.',
      column,
    }))
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
    ['postfilter', params.postfilter === true, filter === undefined ? 'there is no filter' : undefined],
    ['fast', params.fast === true, answeringIndices(search).length === 0 ? 'no index answers this search' : undefined],
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
