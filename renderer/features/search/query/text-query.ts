import type { TextQuery } from '#shared/model/search.ts'

/** Deepest nesting the builder makes. */
export const BUILDER_DEPTH = 3

export type TextKind = TextQuery['kind']

export const TEXT_KINDS: readonly { readonly id: TextKind; readonly label: string; readonly about: string }[] = [
  { id: 'match', label: 'Match', about: 'Rows with any, or all, of the words.' },
  { id: 'phrase', label: 'Phrase', about: 'The words in this order. Needs an index with positions.' },
  { id: 'multi-match', label: 'Several columns', about: 'The words in several columns, each with its weight.' },
  { id: 'boost', label: 'Boost', about: 'Rows of one query, those that also match another pushed down.' },
  { id: 'boolean', label: 'Boolean', about: 'Queries that must, should or must not match.' },
]

export const EMPTY_TEXT: TextQuery = { kind: 'match', terms: '' }

/** The same words as another kind of query, as far as it has words. */
export function toKind(query: TextQuery, kind: TextKind, columns: readonly string[]): TextQuery {
  const terms = termsOf(query)
  switch (kind) {
    case 'match':
    case 'phrase':
      return { kind, terms }
    case 'multi-match':
      return { kind, terms, columns: columns.slice(0, 64).map((column) => ({ column })) }
    case 'boost':
      return { kind, positive: { kind: 'match', terms }, negative: EMPTY_TEXT }
    case 'boolean':
      return { kind, must: [{ kind: 'match', terms }] }
  }
}

/** First words of a query, for titles. */
export function termsOf(query: TextQuery): string {
  switch (query.kind) {
    case 'boost':
      return termsOf(query.positive)
    case 'boolean': {
      const first = [...(query.must ?? []), ...(query.should ?? [])][0]
      return first === undefined ? '' : termsOf(first)
    }
    default:
      return query.terms
  }
}

/** What is missing in a query, or null when it can be run. */
export function textProblem(query: TextQuery, depth = 1): string | null {
  if (depth > BUILDER_DEPTH) return `Queries can be nested ${BUILDER_DEPTH} deep.`
  switch (query.kind) {
    case 'match':
    case 'phrase':
      return query.terms.trim() === '' ? `A ${query.kind} has no words yet.` : null
    case 'multi-match':
      if (query.terms.trim() === '') return 'The query over several columns has no words yet.'
      return query.columns.length === 0 ? 'Choose at least one column.' : null
    case 'boost':
      return textProblem(query.positive, depth + 1) ?? textProblem(query.negative, depth + 1)
    case 'boolean': {
      const { must = [], should = [], mustNot = [] } = query
      if (must.length + should.length === 0) return 'A boolean query needs something that must or should match.'
      for (const part of [...must, ...should, ...mustNot]) {
        const problem = textProblem(part, depth + 1)
        if (problem !== null) return problem
      }
      return null
    }
  }
}
