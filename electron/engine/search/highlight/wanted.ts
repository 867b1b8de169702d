import { AppError } from '#shared/errors.ts'
import type { TextQuery } from '#shared/model/search.ts'
import type { Tokenizer } from '../tokenize/tokenizer.ts'
import { splitWords } from '../tokenize/words.ts'
import type { Wanted } from './match.ts'

/** Deepest nesting, as in a search. */
const MAX_DEPTH = 8

/**
 * What a query looks for in one column, in that column's tokens. Parts of other columns and parts that must not match are
 * left out; a part without a column is for every one.
 */
export async function wantedIn(
  query: TextQuery,
  column: string,
  tokenizer: Tokenizer,
  depth = 1,
): Promise<readonly Wanted[]> {
  if (depth > MAX_DEPTH) {
    throw new AppError({
      code: 'invalid-text-query',
      message: `The query is nested more than ${MAX_DEPTH} levels deep.`,
      hint: 'Join inner parts into one.',
    })
  }
  switch (query.kind) {
    case 'match':
      return query.column === undefined || query.column === column ? [await matchIn(query, tokenizer)] : []
    case 'multi-match': {
      if (!query.columns.some((it) => it.column === column)) return []
      return [await matchIn({ ...query, kind: 'match' }, tokenizer)]
    }
    case 'phrase': {
      if (query.column !== undefined && query.column !== column) return []
      return [{ kind: 'phrase', tokens: await tokenizer.tokens(query.terms), slop: query.slop ?? 0 }]
    }
    case 'boost':
      return wantedIn(query.positive, column, tokenizer, depth + 1)
    case 'boolean': {
      const parts = [...(query.must ?? []), ...(query.should ?? [])]
      return (await Promise.all(parts.map((part) => wantedIn(part, column, tokenizer, depth + 1)))).flat()
    }
  }
}

type Match = Pick<Extract<TextQuery, { kind: 'match' }>, 'kind' | 'terms' | 'operator' | 'fuzziness' | 'prefixLength'>

/**
 * Lance compares the words of a fuzzy query with the index's tokens as they were typed, neither lower-cased nor stemmed;
 * without an index, and with `auto`, it compares exactly (measured on LanceDB 0.39).
 */
async function matchIn(query: Match, tokenizer: Tokenizer): Promise<Wanted> {
  const { terms, operator, fuzziness, prefixLength = 0 } = query
  const edits = typeof fuzziness === 'number' && tokenizer.index !== undefined ? fuzziness : 0
  const tokens = edits > 0 ? (splitWords(terms, { baseTokenizer: 'simple' }) ?? []) : await tokenizer.tokens(terms)
  return { kind: 'tokens', tokens: tokens.map(({ text }) => text), isAll: operator === 'and', edits, prefixLength }
}
