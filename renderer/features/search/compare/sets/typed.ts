import type { RelevanceConfiguration, RelevanceQuestion } from '#shared/model/relevance.ts'
import type { TextQuery } from '#shared/model/search.ts'
import { type Draft, NEW_DRAFT, NO_SETTINGS, type SearchQuery, type Settings } from '../../query/draft.ts'

/** The form that asks a question of a set. */
export function typedQuestion({ vector, text, textColumns }: RelevanceQuestion): Draft {
  return {
    ...NEW_DRAFT,
    mode: vector === undefined ? 'text' : text === undefined ? 'vector' : 'hybrid',
    ...typedVector(vector),
    ...typedText(text),
    textColumn: textColumns?.[0] ?? '',
  }
}

function typedVector(vector: RelevanceQuestion['vector']): Partial<Draft> {
  if (vector === undefined) return {}
  if ('embedder' in vector) return { source: 'text', text: vector.text, embedder: vector.embedder }
  if ('rowId' in vector) return { source: 'row', rowId: vector.rowId }
  const isOne = vector.every((value) => typeof value === 'number')
  // One vector a line, as the form takes several.
  const numbers = isOne ? JSON.stringify(vector) : vector.map((one) => JSON.stringify(one)).join('\n')
  return { source: 'numbers', numbers }
}

function typedText(text: RelevanceQuestion['text']): Partial<Draft> {
  if (text === undefined) return {}
  if (typeof text === 'string') return { textKind: 'words', text }
  const kind = plainKind(text)
  return kind === null ? { textKind: 'builder', builder: text } : { textKind: kind, text: termsOf(text) }
}

/** The simple form of a query that has one; a field more and only the builder can show it. */
function plainKind(query: TextQuery): Exclude<Draft['textKind'], 'builder' | 'words'> | null {
  const fields = Object.keys(query).length
  if (query.kind === 'phrase') return fields === 2 ? 'phrase' : null
  if (query.kind !== 'match' || fields !== 3) return null
  if (query.operator === 'and') return 'all-words'
  return query.fuzziness === 'auto' ? 'fuzzy' : null
}

function termsOf(query: TextQuery): string {
  return 'terms' in query ? query.terms : ''
}

/** Parameters of a configuration as they are typed. */
export function typedSettings(params: NonNullable<RelevanceConfiguration['params']>): Settings {
  // The engine has checked them against the parameters of a search.
  const { metric, nprobes, refine, ef, distanceRange, ...rest } = params as NonNullable<SearchQuery['params']>
  const { rrfK, vectorWeight, textWeight, exact, fast, postfilter } = rest
  return {
    ...NO_SETTINGS,
    metric: metric ?? '',
    nprobesMin: typed(nprobes?.min),
    nprobesMax: typed(nprobes?.max),
    refine: typed(refine),
    ef: typed(ef),
    lower: typed(distanceRange?.lower),
    upper: typed(distanceRange?.upper),
    rrfK: typed(rrfK),
    vectorWeight: typed(vectorWeight),
    textWeight: typed(textWeight),
    exact: exact ?? false,
    fast: fast ?? false,
    postfilter: postfilter ?? false,
  }
}

function typed(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
