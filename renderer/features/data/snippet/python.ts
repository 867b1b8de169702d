import { tablePlace, type ViewQuery } from './query.ts'

/** The view as Python: with lancedb where it can open the dataset, else with lance, which opens any path. */
export function toPython(query: ViewQuery): string {
  const place = tablePlace(query.location)
  const lines =
    place === null || 'branch' in query.ref ? withLance(query) : withLanceDb(query, place.folder, place.table)
  return `${lines.join('\n')}\n`
}

function withLanceDb(query: ViewQuery, folder: string, table: string): readonly string[] {
  const version = 'tag' in query.ref ? text(query.ref.tag) : 'version' in query.ref ? String(query.ref.version) : null
  const isSorted = query.sort.length > 0
  return [
    'import lancedb',
    '',
    `db = lancedb.connect(${text(folder)})`,
    `table = db.open_table(${text(table)})`,
    ...(version === null ? [] : [`table.checkout(${version})`]),
    'rows = (',
    '    table.search()',
    ...(query.filter === '' ? [] : [`    .where(${text(query.filter)})`]),
    ...(query.columns === undefined ? [] : [`    .select(${list(readColumns(query.columns, query))})`]),
    `    .limit(${isSorted ? 'table.count_rows()' : query.limit})`,
    '    .to_arrow()',
    ...(isSorted ? [`    .sort_by(${sorting(query)})`, `    .slice(0, ${query.limit})`, ...dropLines(query)] : []),
    ')',
  ]
}

function withLance(query: ViewQuery): readonly string[] {
  const isSorted = query.sort.length > 0
  const options = [
    ...(query.columns === undefined ? [] : [`columns=${list(readColumns(query.columns, query))}`]),
    ...(query.filter === '' ? [] : [`filter=${text(query.filter)}`]),
    ...(isSorted ? [] : [`limit=${query.limit}`]),
  ]
  const call =
    options.length === 0
      ? 'dataset.to_table()'
      : `dataset.to_table(\n${options.map((option) => `    ${option},`).join('\n')}\n)`
  return [
    'import lance',
    '',
    `dataset = lance.dataset(${text(query.location)})${checkout(query)}`,
    `rows = ${call}${
      isSorted
        ? `.sort_by(${sorting(query)}).slice(0, ${query.limit})${dropLines(query)
            .map((line) => line.trim())
            .join('')}`
        : ''
    }`,
  ]
}

function checkout({ ref }: ViewQuery): string {
  if ('tag' in ref) return `.checkout_version(${text(ref.tag)})`
  if ('branch' in ref) return `.checkout_version((${text(ref.branch)}, ${ref.version ?? 'None'}))`
  return `.checkout_version(${ref.version})`
}

/** Arrow sorts only by columns that were read. */
function readColumns(columns: readonly string[], query: ViewQuery): readonly string[] {
  return [...new Set([...columns, ...query.sort.map((key) => key.columnId)])]
}

/** Takes away columns read for sorting only. */
function dropLines(query: ViewQuery): readonly string[] {
  if (query.columns === undefined || readColumns(query.columns, query).length === query.columns.length) return []
  return [`    .select(${list(query.columns)})`]
}

function sorting(query: ViewQuery): string {
  const keys = query.sort.map((key) => `(${text(key.columnId)}, "${key.descending ? 'descending' : 'ascending'}")`)
  return `[${keys.join(', ')}]`
}

function list(names: readonly string[]): string {
  return `[${names.map(text).join(', ')}]`
}

/** A JSON string is a Python string as well, once lone surrogates and non-ASCII stay as they are. */
function text(value: string): string {
  return JSON.stringify(value)
}
