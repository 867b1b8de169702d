import type { DistanceMetric, TextQuery } from '#shared/model/search.ts'
import type { SearchQuery } from './embedding.ts'
import { EMPTY_TEXT, termsOf, textProblem } from './text-query.ts'
import { parseVectorText } from './vector-text.ts'

export type { SearchQuery }

export const MODES = ['vector', 'text', 'hybrid'] as const
export type Mode = (typeof MODES)[number]

export const TEXT_KINDS = ['words', 'all-words', 'fuzzy', 'phrase', 'builder'] as const
export type TextKind = (typeof TEXT_KINDS)[number]

/** Where the vector comes from. */
export const SOURCES = ['row', 'numbers', 'text'] as const

/** What the form holds, as typed. Empty text means the default. */
export interface Draft {
  readonly mode: Mode
  readonly source: (typeof SOURCES)[number]
  readonly rowId: string
  readonly numbers: string
  /** Vector column; empty = the only one that fits. */
  readonly column: string
  /** The words to look for, and what a vector is made of when it comes from a text. */
  readonly text: string
  /** Who makes that vector; empty = the one the column remembers, else the built-in one. */
  readonly embedder: string
  readonly textKind: TextKind
  /** The query put together; used when `textKind` is `builder`. */
  readonly builder: TextQuery
  /** Empty = every indexed one. */
  readonly textColumn: string
  readonly filter: string
  readonly k: string
  readonly settings: Settings
}

/** Parameters as typed. */
export interface Settings {
  readonly metric: DistanceMetric | ''
  readonly nprobesMin: string
  readonly nprobesMax: string
  readonly refine: string
  readonly ef: string
  readonly lower: string
  readonly upper: string
  readonly slop: string
  readonly rrfK: string
  readonly vectorWeight: string
  readonly textWeight: string
  readonly exact: boolean
  readonly fast: boolean
  readonly postfilter: boolean
}

export const NO_SETTINGS: Settings = {
  metric: '',
  nprobesMin: '',
  nprobesMax: '',
  refine: '',
  ef: '',
  lower: '',
  upper: '',
  slop: '',
  rrfK: '',
  vectorWeight: '',
  textWeight: '',
  exact: false,
  fast: false,
  postfilter: false,
}

export const NEW_DRAFT: Draft = {
  mode: 'vector',
  source: 'row',
  rowId: '',
  numbers: '',
  column: '',
  text: '',
  embedder: '',
  textKind: 'words',
  builder: EMPTY_TEXT,
  textColumn: '',
  filter: '',
  k: '20',
  settings: NO_SETTINGS,
}

export type ToQuery =
  { readonly ok: true; readonly query: SearchQuery } | { readonly ok: false; readonly problem: string }

/** The search a form asks for, or the first thing that is wrong with it. */
export function toQuery(draft: Draft): ToQuery {
  try {
    const { mode, column, filter } = draft
    const vector = mode === 'text' ? {} : { vector: vectorOf(draft), ...(column === '' ? {} : { column }) }
    const text = mode === 'vector' ? {} : textOf(draft)
    const params = paramsOf(draft)
    return {
      ok: true,
      query: {
        ...vector,
        ...text,
        k: wholeNumber('Rows', draft.k, 1, 10_000) ?? 20,
        ...(Object.keys(params).length === 0 ? {} : { params }),
        ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
      },
    }
  } catch (error) {
    if (error instanceof DraftProblem) return { ok: false, problem: error.message }
    throw error
  }
}

class DraftProblem extends Error {}

const EMBEDDED_MAX = 100_000

/** The text a vector is made of: in a hybrid search the words looked for, so that one text asks both ways. */
export function embeddedText({ mode, text, textKind, builder }: Draft): string {
  const isBuilt = textKind === 'builder' && (mode !== 'vector' || text.trim() === '')
  return (isBuilt ? termsOf(builder) : text).trim()
}

function vectorOf(draft: Draft): NonNullable<SearchQuery['vector']> {
  const { source, rowId, numbers, embedder } = draft
  if (source === 'text') {
    const text = embeddedText(draft)
    if (text === '') throw new DraftProblem('Type the text to make a vector of.')
    if (text.length > EMBEDDED_MAX) throw new DraftProblem('A vector is made of at most 100,000 characters.')
    if (embedder === '') throw new DraftProblem('Choose the embedder that makes a vector of the text.')
    return { text, embedder }
  }
  if (source === 'row') {
    if (/^\d{1,20}$/.test(rowId.trim())) return { rowId: rowId.trim() }
    throw new DraftProblem(rowId.trim() === '' ? 'Choose the row to start from.' : 'A row id is a whole number.')
  }
  const parsed = parseVectorText(numbers)
  if (!parsed.ok) throw new DraftProblem(parsed.message)
  const [only] = parsed.vectors
  return parsed.vectors.length === 1 && only !== undefined ? [...only] : parsed.vectors.map((vector) => [...vector])
}

function textOf({ text, textKind, textColumn, builder, settings }: Draft): Pick<SearchQuery, 'text' | 'textColumns'> {
  if (textKind === 'builder') {
    const problem = textProblem(builder)
    if (problem !== null) throw new DraftProblem(problem)
    return { text: builder }
  }
  const terms = text.trim()
  if (terms === '') throw new DraftProblem('Type the words to look for.')
  const columns = textColumn === '' ? {} : { textColumns: [textColumn] }
  const slop = wholeNumber('Gaps in a phrase', settings.slop, 0, 1000)
  const structured: Readonly<Record<Exclude<TextKind, 'builder'>, TextQuery | undefined>> = {
    words: undefined,
    'all-words': { kind: 'match', terms, operator: 'and' },
    fuzzy: { kind: 'match', terms, fuzziness: 'auto' },
    phrase: { kind: 'phrase', terms, ...(slop === undefined ? {} : { slop }) },
  }
  return { text: structured[textKind] ?? terms, ...columns }
}

function paramsOf({ mode, settings }: Draft): NonNullable<SearchQuery['params']> {
  const { metric, exact, fast, postfilter } = settings
  const general = { ...(fast ? { fast } : {}), ...(postfilter ? { postfilter } : {}) }
  if (mode === 'text') return general
  const min = wholeNumber('Fewest partitions', settings.nprobesMin, 1, 100_000)
  const max = wholeNumber('Most partitions', settings.nprobesMax, 0, 100_000)
  const lower = number('Smallest distance', settings.lower)
  const upper = number('Largest distance', settings.upper)
  const fusion = {
    rrfK: number('RRF constant', settings.rrfK, 1, 10_000),
    vectorWeight: number('Weight of the vector', settings.vectorWeight, 0, 1000),
    textWeight: number('Weight of the text', settings.textWeight, 0, 1000),
  }
  const given = {
    metric: metric === '' ? undefined : metric,
    nprobes: min === undefined && max === undefined ? undefined : defined({ min, max }),
    refine: wholeNumber('Refine factor', settings.refine, 1, 1000),
    ef: wholeNumber('ef', settings.ef, 1, 100_000),
    distanceRange: lower === undefined && upper === undefined ? undefined : defined({ lower, upper }),
    ...(exact ? { exact } : {}),
    ...(mode === 'hybrid' ? fusion : {}),
  }
  return { ...general, ...defined(given) }
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}

function wholeNumber(what: string, typed: string, least: number, most: number): number | undefined {
  const value = number(what, typed, least, most)
  if (value !== undefined && !Number.isInteger(value))
    throw new DraftProblem(`${what}: ${typed} is not a whole number.`)
  return value
}

function number(what: string, typed: string, least = -Infinity, most = Infinity): number | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new DraftProblem(`${what}: “${text}” is not a number.`)
  if (value < least || value > most) throw new DraftProblem(`${what}: from ${least} to ${most}.`)
  return value
}
