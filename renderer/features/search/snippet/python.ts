import { tablePlace } from '#renderer/features/data/index.ts'
import type { TextQuery } from '#shared/model/search.ts'
import { embeddedRemarks, isWeighted, list, probeCalls, type SearchCode, text, textQueryOf } from './source.ts'
import { pythonTextQuery } from './python-text.ts'

/** The search as Python for lancedb. */
export function toPython(code: SearchCode): string {
  const { query } = code
  const words = textQueryOf(code)
  const isHybrid = query.vector !== undefined && words !== undefined
  const lines = [
    ...imports(code, words, isHybrid),
    ...openPython(code.location),
    ...stateLines(code),
    ...vectorLines(code),
    ...(isHybrid && isWeighted(code) ? ['# LanceDB’s fusion has no weights; the ones chosen are left out.'] : []),
    ...(isHybrid && query.params?.fast === true
      ? ['# Python’s hybrid search has no fast search; it is left out.']
      : []),
    ...(words !== undefined && isAutomatic(words)
      ? ['# Python knows no fuzziness by the length of words; they have to match exactly, as LanceDB 0.39 takes it.']
      : []),
    'rows = (',
    ...searchLines(code, words),
    ...(query.vector === undefined ? [] : settingLines(code)),
    ...(isHybrid ? [`    .rerank(RRFReranker(K=${query.params?.rrfK ?? 60}))`] : []),
    ...filterLines(code),
    ...(query.params?.fast === true && !isHybrid ? ['    .fast_search()'] : []),
    `    .limit(${query.k})`,
    '    .to_arrow()',
    ')',
  ]
  return `${lines.join('\n')}\n`
}

function imports({ location }: SearchCode, words: TextQuery | undefined, isHybrid: boolean): readonly string[] {
  const names = words === undefined ? [] : [...new Set(namesIn(words))].toSorted()
  return [
    ...(tablePlace(location) === null ? ['import os', 'import tempfile', ''] : []),
    'import lancedb',
    ...(names.length === 0 ? [] : [`from lancedb.query import ${names.join(', ')}`]),
    ...(isHybrid ? ['from lancedb.rerankers import RRFReranker'] : []),
    '',
  ]
}

/** Names of lancedb.query a query is written with. */
function namesIn(query: TextQuery): readonly string[] {
  switch (query.kind) {
    case 'match':
      return ['MatchQuery', ...(query.operator === 'and' ? ['FullTextOperator'] : [])]
    case 'multi-match':
      return ['MultiMatchQuery', ...(query.operator === 'and' ? ['FullTextOperator'] : [])]
    case 'phrase':
      return ['PhraseQuery']
    case 'boost':
      return ['BoostQuery', ...namesIn(query.positive), ...namesIn(query.negative)]
    case 'boolean': {
      const parts = [...(query.must ?? []), ...(query.should ?? []), ...(query.mustNot ?? [])]
      return ['BooleanQuery', 'Occur', ...parts.flatMap(namesIn)]
    }
  }
}

function openPython(location: string): readonly string[] {
  const place = tablePlace(location)
  if (place !== null)
    return [`db = lancedb.connect(${text(place.folder)})`, `table = db.open_table(${text(place.table)})`]
  return [
    '# LanceDB opens folders named <table>.lance only, so this one is reached through a link.',
    'links = tempfile.mkdtemp(prefix="lance-")',
    `os.symlink(${text(location)}, os.path.join(links, "dataset.lance"))`,
    'db = lancedb.connect(links)',
    'table = db.open_table("dataset")',
  ]
}

function stateLines({ at }: SearchCode): readonly string[] {
  if ('tag' in at) return [`table.checkout(${text(at.tag)})`]
  if (!('branch' in at)) return [`table.checkout(${at.version})`]
  return [`table = table.branches.checkout(${text(at.branch)}${at.version === undefined ? '' : `, ${at.version}`})`]
}

function vectorLines(code: SearchCode): readonly string[] {
  const {
    query: { vector },
    vectorColumn = '',
  } = code
  if (vector === undefined) return []
  if (Array.isArray(vector))
    return [...embeddedRemarks(code).map((line) => `# ${line}`), `vector = ${JSON.stringify(vector)}`]
  const column = text(vectorColumn)
  return [`vector = table.take_row_ids([${vector.rowId}]).select(${list([vectorColumn])}).to_list()[0][${column}]`]
}

function searchLines({ query, vectorColumn = '' }: SearchCode, words: TextQuery | undefined): readonly string[] {
  const column = `vector_column_name=${text(vectorColumn)}`
  if (words === undefined) return [`    table.search(vector, ${column}, query_type="vector")`]
  const question = pythonTextQuery(words)
  if (query.vector === undefined) return [`    table.search(${question}, query_type="fts")`]
  return [`    table.search(query_type="hybrid", ${column})`, '    .vector(vector)', `    .text(${question})`]
}

function settingLines({ query: { params = {} } }: SearchCode): readonly string[] {
  const { metric, nprobes, refine, ef, distanceRange, exact } = params
  const { lower, upper } = distanceRange ?? {}
  const bounds = [
    ...(lower === undefined ? [] : [`lower_bound=${lower}`]),
    ...(upper === undefined ? [] : [`upper_bound=${upper}`]),
  ]
  return [
    ...(metric === undefined ? [] : [`    .distance_type(${text(metric)})`]),
    ...probeCalls(nprobes).map(([bound, count]) => `    .${bound}_nprobes(${count})`),
    ...(refine === undefined ? [] : [`    .refine_factor(${refine})`]),
    ...(ef === undefined ? [] : [`    .ef(${ef})`]),
    ...(bounds.length === 0 ? [] : [`    .distance_range(${bounds.join(', ')})`]),
    ...(exact === true ? ['    .bypass_vector_index()'] : []),
  ]
}

function filterLines({ query: { filter, params } }: SearchCode): readonly string[] {
  if (filter === undefined) return []
  return [`    .where(${text(filter)}${params?.postfilter === true ? ', prefilter=False' : ', prefilter=True'})`]
}

function isAutomatic(query: TextQuery): boolean {
  switch (query.kind) {
    case 'match':
      return query.fuzziness === 'auto'
    case 'boost':
      return isAutomatic(query.positive) || isAutomatic(query.negative)
    case 'boolean':
      return [...(query.must ?? []), ...(query.should ?? []), ...(query.mustNot ?? [])].some(isAutomatic)
    case 'phrase':
    case 'multi-match':
      return false
  }
}
