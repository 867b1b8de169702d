import type { TextQuery } from '#shared/model/search.ts'
import { openTypeScript } from '#renderer/features/data/index.ts'
import { embeddedRemarks, isWeighted, list, probeCalls, type SearchCode, text, textQueryOf } from './source.ts'

/** The search as TypeScript for @lancedb/lancedb. */
export function toTypeScript(code: SearchCode): string {
  const { query, vectorColumn = '' } = code
  const words = textQueryOf(code)
  const isHybrid = query.vector !== undefined && words !== undefined
  const lines = [
    ...openTypeScript(code.location),
    ...stateLines(code),
    ...vectorLines(code),
    ...(isHybrid && isWeighted(code) ? ['// LanceDB’s fusion has no weights; the ones chosen are left out.'] : []),
    ...(isHybrid ? [`const reranker = await lancedb.rerankers.RRFReranker.create(${query.params?.rrfK ?? 60})`] : []),
    `const rows = await ${tableOf(code)}`,
    '  .query()',
    ...(query.vector === undefined ? [] : ['  .nearestTo(vectors[0])', `  .column(${text(vectorColumn)})`]),
    ...(Array.isArray(query.vector) && Array.isArray(query.vector[0]) ? addedVectors(query.vector.length) : []),
    ...(query.vector === undefined ? [] : settingLines(code)),
    ...(words === undefined ? [] : [`  .fullTextSearch(${toQuery(words)})`]),
    ...(isHybrid ? ['  .rerank(reranker)'] : []),
    ...(query.filter === undefined ? [] : [`  .where(${text(query.filter)})`]),
    ...(query.params?.postfilter === true && query.vector !== undefined ? ['  .postfilter()'] : []),
    ...(query.params?.fast === true ? ['  .fastSearch()'] : []),
    `  .limit(${query.k})`,
    '  .toArray()',
  ]
  return `${lines.join('\n')}\n`
}

function stateLines({ at }: SearchCode): readonly string[] {
  if ('tag' in at) return [`await table.checkout(${text(at.tag)})`]
  if ('branch' in at) {
    const version = at.version === undefined ? '' : `, ${at.version}`
    return [`const branch = await (await table.branches()).checkout(${text(at.branch)}${version})`]
  }
  return [`await table.checkout(${at.version})`]
}

function vectorLines(code: SearchCode): readonly string[] {
  const { query, vectorColumn = '' } = code
  const { vector } = query
  const table = tableOf(code)
  if (vector === undefined) return []
  if (!Array.isArray(vector)) {
    return [
      `const [start] = await ${table}.takeRowIds([${vector.rowId}n]).select(${list([vectorColumn])}).toArray()`,
      `const vectors = [Array.from(start[${text(vectorColumn)}])]`,
    ]
  }
  const vectors = typeof vector[0] === 'number' ? [vector] : vector
  return [...embeddedRemarks(code).map((line) => `// ${line}`), `const vectors = ${JSON.stringify(vectors)}`]
}

/** The name the searched state has: main is `table`. */
function tableOf({ at }: SearchCode): string {
  return 'branch' in at ? 'branch' : 'table'
}

const addedVectors = (count: number): readonly string[] =>
  Array.from({ length: count - 1 }, (_, i) => `  .addQueryVector(vectors[${i + 1}])`)

function settingLines({ query: { params = {} } }: SearchCode): readonly string[] {
  const { metric, nprobes, refine, ef, distanceRange, exact } = params
  const range = [distanceRange?.lower, distanceRange?.upper].map((bound) => String(bound ?? 'undefined')).join(', ')
  return [
    ...(metric === undefined ? [] : [`  .distanceType('${metric}')`]),
    ...probeCalls(nprobes).map(([bound, count]) => `  .${bound}Nprobes(${count})`),
    ...(refine === undefined ? [] : [`  .refineFactor(${refine})`]),
    ...(ef === undefined ? [] : [`  .ef(${ef})`]),
    ...(distanceRange === undefined ? [] : [`  .distanceRange(${range})`]),
    ...(exact === true ? ['  .bypassVectorIndex()'] : []),
  ]
}

function toQuery(query: TextQuery): string {
  switch (query.kind) {
    case 'match': {
      const options = [
        ...(query.fuzziness === undefined || query.fuzziness === 0
          ? []
          : [`fuzziness: ${query.fuzziness === 'auto' ? 'null as unknown as number' : query.fuzziness}`]),
        ...(query.operator === 'and' ? ['operator: lancedb.Operator.And'] : []),
        ...(query.prefixLength === undefined ? [] : [`prefixLength: ${query.prefixLength}`]),
        ...(query.maxExpansions === undefined ? [] : [`maxExpansions: ${query.maxExpansions}`]),
        ...(query.boost === undefined ? [] : [`boost: ${query.boost}`]),
      ]
      const last = options.length === 0 ? '' : `, { ${options.join(', ')} }`
      return `new lancedb.MatchQuery(${text(query.terms)}, ${text(query.column ?? '')}${last})`
    }
    case 'phrase': {
      const last = query.slop === undefined ? '' : `, { slop: ${query.slop} }`
      return `new lancedb.PhraseQuery(${text(query.terms)}, ${text(query.column ?? '')}${last})`
    }
    case 'multi-match': {
      const boosts = query.columns.map(({ boost }) => boost ?? 1).join(', ')
      const operator = query.operator === 'and' ? ', operator: lancedb.Operator.And' : ''
      const columns = list(query.columns.map(({ column }) => column))
      return `new lancedb.MultiMatchQuery(${text(query.terms)}, ${columns}, { boosts: [${boosts}]${operator} })`
    }
    case 'boost': {
      const last = query.negativeBoost === undefined ? '' : `, { negativeBoost: ${query.negativeBoost} }`
      return `new lancedb.BoostQuery(${toQuery(query.positive)}, ${toQuery(query.negative)}${last})`
    }
    case 'boolean': {
      const part = (occur: string, parts: readonly TextQuery[] | undefined) =>
        (parts ?? []).map((inner) => `[lancedb.Occur.${occur}, ${toQuery(inner)}]`)
      const parts = [...part('Must', query.must), ...part('Should', query.should), ...part('MustNot', query.mustNot)]
      return `new lancedb.BooleanQuery([${parts.join(', ')}])`
    }
  }
}
