import { AppError } from '#shared/errors.ts'
import type { TextQuery } from '#shared/model/search.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'
import { requireReadable, type View } from '../rows/index.ts'

/** Deepest nesting of boost and boolean queries; Lance plans them recursively. */
const MAX_DEPTH = 8

/** Columns full-text search takes: text, and lists of text. */
export function textColumns(manifest: Manifest): readonly string[] {
  return manifest.schema.filter(isText).map(({ name }) => name)
}

function isText(field: SchemaField): boolean {
  const isString = ({ logicalType }: SchemaField): boolean => logicalType === 'string' || logicalType === 'large_string'
  const element = field.children[0]
  return isString(field) || (field.logicalType === 'list' && element !== undefined && isString(element))
}

export interface PreparedText {
  readonly query: TextQuery
  /** Every column the query looks into. */
  readonly columns: readonly string[]
}

/**
 * The query with a column in every part. A plain text is matched in the columns named, else in every one with a
 * full-text index, else in the only text column there is.
 */
export function prepareText(
  view: View,
  text: string | TextQuery,
  named: readonly string[] | undefined,
  indexed: readonly string[],
): PreparedText {
  const fallback = named !== undefined && named.length > 0 ? named : indexed
  const columns = fallback.length > 0 ? fallback : textColumns(view.manifest)
  const query = complete(typeof text === 'string' ? { kind: 'match', terms: text } : text, columns, 1)
  const used = [...new Set(columnsOf(query))]
  for (const column of used) checkTextColumn(view, column)
  if (wordsOf(query).every(({ terms }) => terms.trim() === '')) {
    throw invalidText('There are no words to search for.', 'Type at least one word.')
  }
  return { query, columns: used }
}

function complete(query: TextQuery, columns: readonly string[], depth: number): TextQuery {
  if (depth > MAX_DEPTH) {
    throw invalidText(`The query is nested more than ${MAX_DEPTH} levels deep.`, 'Join inner parts into one.')
  }
  const inner = (part: TextQuery): TextQuery => complete(part, columns, depth + 1)
  switch (query.kind) {
    case 'match':
      if (query.column !== undefined) return query
      if (columns.length > 1) return overColumns(query, columns)
      return { ...query, column: onlyColumn(columns) }
    case 'phrase':
      if (query.column !== undefined) return query
      if (columns.length > 1) return { kind: 'boolean', should: columns.map((column) => ({ ...query, column })) }
      return { ...query, column: onlyColumn(columns) }
    case 'multi-match':
      return query
    case 'boost':
      return { ...query, positive: inner(query.positive), negative: inner(query.negative) }
    case 'boolean': {
      const [must, should] = [query.must ?? [], query.should ?? []]
      if (must.length + should.length === 0) {
        throw invalidText(
          'A search that only excludes words finds nothing to exclude them from.',
          'Add at least one part that must or should match.',
        )
      }
      return {
        kind: 'boolean',
        must: must.map(inner),
        should: should.map(inner),
        mustNot: (query.mustNot ?? []).map(inner),
      }
    }
  }
}

/**
 * A match over several columns as LanceDB's own plain search makes it: a row scores as in its best column. Fuzziness has no
 * counterpart there, so such a match asks every column for itself, and a row scores the sum.
 */
function overColumns(query: Extract<TextQuery, { kind: 'match' }>, columns: readonly string[]): TextQuery {
  if ((query.fuzziness ?? 0) !== 0) return { kind: 'boolean', should: columns.map((column) => ({ ...query, column })) }
  const { terms, operator, boost } = query
  return { kind: 'multi-match', terms, operator, columns: columns.map((column) => ({ column, boost })) }
}

function onlyColumn(columns: readonly string[]): string {
  const [only] = columns
  if (only !== undefined) return only
  throw invalidText('No column of this version holds text.', 'Full-text search needs a column of text.')
}

/** Columns of a completed query, in the order they come. */
function columnsOf(query: TextQuery): readonly string[] {
  switch (query.kind) {
    case 'match':
    case 'phrase':
      return query.column === undefined ? [] : [query.column]
    case 'multi-match':
      return query.columns.map(({ column }) => column)
    case 'boost':
      return [...columnsOf(query.positive), ...columnsOf(query.negative)]
    case 'boolean':
      return [...(query.must ?? []), ...(query.should ?? []), ...(query.mustNot ?? [])].flatMap(columnsOf)
  }
}

/** Words of a query that are to be found, with the column each are looked for in. */
export function wordsOf(query: TextQuery): readonly { readonly terms: string; readonly column: string }[] {
  switch (query.kind) {
    case 'match':
    case 'phrase':
      return query.column === undefined ? [] : [{ terms: query.terms, column: query.column }]
    case 'multi-match':
      return query.columns.map(({ column }) => ({ terms: query.terms, column }))
    case 'boost':
      return wordsOf(query.positive)
    case 'boolean':
      return [...(query.must ?? []), ...(query.should ?? [])].flatMap(wordsOf)
  }
}

function checkTextColumn(view: View, name: string): void {
  if (isText(requireReadable(view.manifest, name))) return
  const known = textColumns(view.manifest)
  throw invalidText(
    `The column "${name}" holds no text.`,
    known.length === 0 ? 'No column of this version does.' : `These do: ${known.map((it) => `"${it}"`).join(', ')}.`,
  )
}

function invalidText(message: string, hint: string): AppError {
  return new AppError({ code: 'invalid-text-query', message, hint })
}
