import { DISTANCE_METRICS } from '#shared/model/search.ts'
import { type Capability, vectorColumnOf } from './capability.ts'
import type { SearchDraft, SearchParams } from './search-draft.ts'

/** One control of the parameters; names of nested values are written with a dot. */
export type ParamId =
  | 'metric'
  | 'nprobes.min'
  | 'nprobes.max'
  | 'refine'
  | 'ef'
  | 'distanceRange.lower'
  | 'distanceRange.upper'
  | 'postfilter'
  | 'exact'
  | 'fast'
  | 'rrfK'
  | 'vectorWeight'
  | 'textWeight'

export interface ParamInfo {
  readonly id: ParamId
  readonly label: string
  readonly about: string
  readonly default: string
  readonly input: 'choice' | 'switch' | 'number'
  readonly min?: number
  readonly max?: number
  readonly isWhole?: boolean
}

export const METRICS = DISTANCE_METRICS

export const PARAMS: readonly ParamInfo[] = [
  {
    id: 'metric',
    label: 'Metric',
    about: 'How far apart two vectors are. Another one than the index was built with compares every row.',
    default: 'that of the index, else l2',
    input: 'choice',
  },
  {
    id: 'nprobes.min',
    label: 'Partitions, at least',
    about: 'Partitions of the index always looked into: more finds more, and takes longer.',
    default: '20',
    input: 'number',
    min: 1,
    max: 100_000,
    isWhole: true,
  },
  {
    id: 'nprobes.max',
    label: 'Partitions, at most',
    about: 'Looked into only while too few rows passed the filter. 0 = all of them.',
    default: '20',
    input: 'number',
    min: 0,
    max: 100_000,
    isWhole: true,
  },
  {
    id: 'refine',
    label: 'Refine',
    about: 'Fetches this many times k candidates and ranks them again by their whole vectors.',
    default: 'off',
    input: 'number',
    min: 1,
    max: 1000,
    isWhole: true,
  },
  {
    id: 'ef',
    label: 'ef',
    about: 'Candidates an HNSW graph keeps while it searches: more finds more, and takes longer.',
    default: '1.5 × k',
    input: 'number',
    min: 1,
    max: 100_000,
    isWhole: true,
  },
  {
    id: 'distanceRange.lower',
    label: 'Distance from',
    about: 'Leaves out rows that are nearer than this.',
    default: 'none',
    input: 'number',
  },
  {
    id: 'distanceRange.upper',
    label: 'Distance below',
    about: 'Leaves out rows that are this far away or farther.',
    default: 'none',
    input: 'number',
  },
  {
    id: 'exact',
    label: 'Exact',
    about: 'Compares with every row, past any vector index: slow, and right.',
    default: 'off',
    input: 'switch',
  },
  {
    id: 'fast',
    label: 'Indexed rows only',
    about: 'Leaves out rows no index covers yet instead of searching them one by one.',
    default: 'off',
    input: 'switch',
  },
  {
    id: 'postfilter',
    label: 'Filter afterwards',
    about: 'Filters the k results instead of the rows searched: may leave fewer than k.',
    default: 'off',
    input: 'switch',
  },
  {
    id: 'rrfK',
    label: 'Fusion constant',
    about: 'Score = Σ weight ÷ (constant + rank). Higher evens out the ranks of the two lists.',
    default: '60',
    input: 'number',
    min: 0,
    max: 10_000,
  },
  {
    id: 'vectorWeight',
    label: 'Weight of the vector list',
    about: 'How much its ranks count in the fused score.',
    default: '1',
    input: 'number',
    min: 0,
    max: 1000,
  },
  {
    id: 'textWeight',
    label: 'Weight of the text list',
    about: 'How much its ranks count in the fused score.',
    default: '1',
    input: 'number',
    min: 0,
    max: 1000,
  },
]

export type ParamValue = string | number | boolean

export function paramValue(params: SearchParams, id: ParamId): ParamValue | undefined {
  switch (id) {
    case 'nprobes.min':
      return params.nprobes?.min
    case 'nprobes.max':
      return params.nprobes?.max
    case 'distanceRange.lower':
      return params.distanceRange?.lower
    case 'distanceRange.upper':
      return params.distanceRange?.upper
    default:
      return params[id]
  }
}

/** The parameters with one changed; undefined gives it back to the default. */
export function withParam(params: SearchParams, id: ParamId, value: ParamValue | undefined): SearchParams {
  const [outer = '', inner] = id.split('.')
  const nested = (params as Readonly<Record<string, unknown>>)[outer]
  const next = inner === undefined ? value : withEntry(isRecord(nested) ? nested : {}, inner, value)
  const isNothing = isRecord(next) && Object.keys(next).length === 0
  return withEntry(params, outer, isNothing ? undefined : next)
}

function withEntry(of: Readonly<Record<string, unknown>>, key: string, value: unknown): Record<string, unknown> {
  const { [key]: _old, ...rest } = of
  return value === undefined || value === false ? rest : { ...rest, [key]: value }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Why a parameter does nothing in this search; null when it counts. */
export function idleReason(id: ParamId, draft: SearchDraft, capability: Capability): string | null {
  const isVector = draft.mode !== 'text'
  const column = vectorColumnOf(draft, capability)
  const types = column?.indexTypes ?? []
  const isExact = draft.params.exact === true
  switch (id) {
    case 'metric':
    case 'exact':
      return isVector ? null : 'Only for vectors.'
    case 'distanceRange.lower':
    case 'distanceRange.upper':
      return draft.mode === 'vector' ? null : 'Only for a search by vector alone.'
    case 'nprobes.min':
    case 'nprobes.max':
    case 'refine':
    case 'ef':
      if (!isVector) return 'Only for vectors.'
      if (isExact) return 'An exact search does not use the index.'
      if (types.length === 0) return `“${column?.name ?? ''}” has no vector index.`
      if (id === 'ef') return types.some((type) => /HNSW|^VECTOR/.test(type)) ? null : 'Only for HNSW indices.'
      return null
    case 'fast': {
      const isIndexed = types.length > 0 || capability.texts.some((text) => text.isIndexed)
      return isIndexed ? null : 'There is no index to keep to.'
    }
    case 'postfilter':
      return draft.filter.trim() === '' ? 'There is no filter.' : null
    case 'rrfK':
    case 'vectorWeight':
    case 'textWeight':
      return draft.mode === 'hybrid' ? null : 'Only for hybrid searches.'
  }
}

/** Parameters set and of use; the others stay in the form and are not sent. */
export function relevantParams(draft: SearchDraft, capability: Capability): SearchParams {
  return PARAMS.reduce<SearchParams>((params, { id }) => {
    const value = paramValue(draft.params, id)
    return value === undefined || idleReason(id, draft, capability) === null ? params : withParam(params, id, undefined)
  }, draft.params)
}
