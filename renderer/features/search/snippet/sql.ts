import { embeddedRemarks, isWeighted, type SearchCode, textQueryOf } from './source.ts'

/**
 * The search as SQL for DuckDB with its Lance extension: LanceDB itself has no SQL. What cannot be said there is told in
 * comments; a search that cannot be said at all is comments only.
 */
export function toSql(code: SearchCode): string {
  const reason = whyNot(code)
  if (reason !== undefined) return `-- DuckDB's Lance extension has no form of this search: ${reason}.\n`
  const words = plainWords(code)
  const { query, vectorColumn = '', location } = code
  const isHybrid = query.vector !== undefined && words !== undefined
  const score = isHybrid ? '_hybrid_score' : words === undefined ? '_distance' : '_score'
  const name = isHybrid ? 'lance_hybrid_search' : words === undefined ? 'lance_vector_search' : 'lance_fts'
  const args = [
    string(location),
    ...(query.vector === undefined ? [] : [string(vectorColumn), vectorLiteral(code)]),
    ...(words === undefined ? [] : [string(words.column), string(words.terms)]),
    ...options(code, isHybrid),
  ]
  const lines = [
    ...[...embeddedRemarks(code), ...remarks(code, isHybrid)].map((remark) => `-- ${remark}`),
    'INSTALL lance;',
    'LOAD lance;',
    '',
    'SELECT *',
    `FROM ${name}(`,
    args.map((arg) => `  ${arg}`).join(',\n'),
    ')',
    ...conditions(code),
    `ORDER BY ${score} ${score === '_distance' ? 'ASC' : 'DESC'};`,
  ]
  return `${lines.join('\n')}\n`
}

function whyNot(code: SearchCode): string | undefined {
  const { at, query } = code
  if ('branch' in at) return 'it reads the main branch only'
  const { vector } = query
  if (vector !== undefined && !Array.isArray(vector))
    return 'rows have no ids there; paste the vector of the row instead'
  if (Array.isArray(vector?.[0])) return 'it takes one vector at a time'
  if (query.text !== undefined && plainWords(code) === undefined) {
    return 'it looks for plain words in one column, without phrases, near words or parts'
  }
  return undefined
}

/** Words and column of a text that is no more than any of some words. */
function plainWords(code: SearchCode): { readonly terms: string; readonly column: string } | undefined {
  const words = textQueryOf(code)
  if (words?.kind !== 'match' || words.column === undefined || words.operator === 'and') return undefined
  return words.fuzziness === undefined || words.fuzziness === 0
    ? { terms: words.terms, column: words.column }
    : undefined
}

function remarks(code: SearchCode, isHybrid: boolean): readonly string[] {
  const { metric, nprobes, ef, fast, distanceRange, rrfK } = code.query.params ?? {}
  const hasVector = code.query.vector !== undefined
  const left = [
    ...(hasVector && metric !== undefined ? [`the distance (${metric}): it is that of the index`] : []),
    ...(hasVector && nprobes?.min !== undefined ? ['the smallest number of partitions'] : []),
    ...(hasVector && ef !== undefined ? ['ef'] : []),
    ...(fast === true ? ['fast search'] : []),
    ...(isHybrid && rrfK !== undefined ? ['the k of rank fusion'] : []),
  ]
  return [
    'For DuckDB with its Lance extension; older DuckDB installs it with: INSTALL lance FROM community;',
    `Reads the newest version, which may no longer be ${'tag' in code.at ? `that of the tag ${oneLine(code.at.tag)}` : 'version' in code.at ? `version ${code.at.version}` : 'this one'}.`,
    ...(isHybrid ? ['Mixes scores by alpha where LanceDB fuses ranks, so rows may come in another order.'] : []),
    ...(distanceRange === undefined
      ? []
      : ['The range of distances is applied to the nearest rows, so fewer may come.']),
    ...(left.length === 0 ? [] : [`Left out, having no form there: ${left.join('; ')}.`]),
  ]
}

function vectorLiteral({ query: { vector } }: SearchCode): string {
  const values = Array.isArray(vector) ? vector : []
  return `[${values.join(', ')}]::FLOAT[${values.length}]`
}

function options(code: SearchCode, isHybrid: boolean): readonly string[] {
  const { k, params = {}, filter, vector } = code.query
  const { vectorWeight = 1, textWeight = 1, nprobes, refine, exact } = params
  const sum = vectorWeight + textWeight
  const own = [
    ...(exact === true ? ['use_index = false'] : []),
    ...(nprobes?.max === undefined || nprobes.max === 0 ? [] : [`nprobs = ${nprobes.max}`]),
    ...(refine === undefined ? [] : [`refine_factor = ${refine}`]),
  ]
  return [
    `k = ${k}`,
    ...(vector === undefined ? [] : own),
    ...(isHybrid && isWeighted(code) && sum > 0 ? [`alpha = ${vectorWeight / sum}`] : []),
    ...(filter === undefined ? [] : [`prefilter = ${params.postfilter !== true}`]),
  ]
}

function conditions({ query: { filter, params, vector } }: SearchCode): readonly string[] {
  const { lower, upper } = vector === undefined ? {} : (params?.distanceRange ?? {})
  const all = [
    ...(filter === undefined ? [] : [`(${toDuckDb(filter)})`]),
    ...(lower === undefined ? [] : [`_distance >= ${lower}`]),
    ...(upper === undefined ? [] : [`_distance < ${upper}`]),
  ]
  return all.length === 0 ? [] : [`WHERE ${all.join(' AND ')}`]
}

/** Names in backticks become names in double quotes; texts stay as they are. */
function toDuckDb(filter: string): string {
  return filter.replaceAll(/'(?:[^']|'')*'|`((?:[^`]|``)*)`/g, (whole, name?: string) =>
    name === undefined ? whole : `"${name.replaceAll('``', '`').replaceAll('"', '""')}"`,
  )
}

const string = (value: string): string => `'${value.replaceAll("'", "''")}'`

const oneLine = (value: string): string => value.replaceAll(/[\r\n]+/g, ' ')
