import type { TextQuery } from '#shared/model/search.ts'
import { list, text } from './source.ts'

/** A full-text query as an object of `lancedb.query`; every part has its column. */
export function pythonTextQuery(query: TextQuery): string {
  switch (query.kind) {
    case 'match': {
      const { terms, column = '', fuzziness, prefixLength, maxExpansions, operator, boost } = query
      return call('MatchQuery', [
        text(terms),
        text(column),
        ...(fuzziness === undefined || fuzziness === 'auto' ? [] : [`fuzziness=${fuzziness}`]),
        ...(operator === 'and' ? ['operator=FullTextOperator.AND'] : []),
        ...(prefixLength === undefined ? [] : [`prefix_length=${prefixLength}`]),
        ...(maxExpansions === undefined ? [] : [`max_expansions=${maxExpansions}`]),
        ...(boost === undefined ? [] : [`boost=${boost}`]),
      ])
    }
    case 'phrase': {
      const slop = query.slop === undefined ? [] : [`slop=${query.slop}`]
      return call('PhraseQuery', [text(query.terms), text(query.column ?? ''), ...slop])
    }
    case 'multi-match':
      return call('MultiMatchQuery', [
        text(query.terms),
        list(query.columns.map(({ column }) => column)),
        `boosts=[${query.columns.map(({ boost }) => floating(boost ?? 1)).join(', ')}]`,
        ...(query.operator === 'and' ? ['operator=FullTextOperator.AND'] : []),
      ])
    case 'boost': {
      const last = query.negativeBoost === undefined ? [] : [`negative_boost=${query.negativeBoost}`]
      return call('BoostQuery', [pythonTextQuery(query.positive), pythonTextQuery(query.negative), ...last])
    }
    case 'boolean': {
      const part = (occur: string, parts: readonly TextQuery[] = []) =>
        parts.map((inner) => `(Occur.${occur}, ${pythonTextQuery(inner)})`)
      const parts = [...part('MUST', query.must), ...part('SHOULD', query.should), ...part('MUST_NOT', query.mustNot)]
      return call('BooleanQuery', [`[${parts.join(', ')}]`])
    }
  }
}

const call = (name: string, args: readonly string[]): string => `${name}(${args.join(', ')})`

const floating = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))
