import type { Ref } from '#shared/model/ref.ts'
import type { TextQuery } from '#shared/model/search.ts'
import type { SearchQuery } from '../query/draft.ts'

/** A search as code has to say it. */
export interface SearchCode {
  readonly location: string
  readonly at: Ref
  readonly query: SearchQuery
  /** Columns the engine chose where the search named none. */
  readonly vectorColumn?: string | undefined
  readonly textColumns?: readonly string[] | undefined
}

/** A string as a literal of both languages. */
export function text(value: string): string {
  return JSON.stringify(value)
}

export function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`
}

/** The full-text query in the forms both languages have; a plain text over several columns stays one. */
export function textQueryOf({ query, textColumns = [] }: SearchCode): TextQuery | undefined {
  if (query.text === undefined) return undefined
  return typeof query.text === 'string'
    ? withColumns({ kind: 'match', terms: query.text }, textColumns)
    : withColumns(query.text, textColumns)
}

/** Every part with its column, as the engine asks Lance. */
function withColumns(query: TextQuery, columns: readonly string[]): TextQuery {
  switch (query.kind) {
    case 'match':
    case 'phrase': {
      if (query.column !== undefined) return query
      const [only, ...more] = columns
      if (more.length > 0) return { kind: 'boolean', should: columns.map((column) => ({ ...query, column })) }
      return only === undefined ? query : { ...query, column: only }
    }
    case 'multi-match':
      return query
    case 'boost':
      return {
        ...query,
        positive: withColumns(query.positive, columns),
        negative: withColumns(query.negative, columns),
      }
    case 'boolean': {
      const all = (parts: readonly TextQuery[] | undefined) => (parts ?? []).map((part) => withColumns(part, columns))
      return { kind: 'boolean', must: all(query.must), should: all(query.should), mustNot: all(query.mustNot) }
    }
  }
}

/** True where weights were changed: LanceDB's own fusion has none. */
export function isWeighted({ query }: SearchCode): boolean {
  const { vectorWeight = 1, textWeight = 1 } = query.params ?? {}
  return vectorWeight !== 1 || textWeight !== 1
}
