import type { FilterCheck } from '#shared/contract/rows.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { closestName, fieldsAt, resolveColumn, VIRTUAL_COLUMNS } from './columns.ts'
import { KEYWORDS } from './identifier.ts'
import { isWord, nameOf, tokenize, type Token } from './tokens.ts'

/** A marked part of the filter. Offsets are 0-based, `end` exclusive. */
export interface FilterProblem {
  readonly start: number
  readonly end: number
  readonly message: string
}

/** Problems the page can tell by itself: open quotes and parentheses, unknown columns. Never claims a filter is valid. */
export function lintFilter(text: string, schema: readonly SchemaField[]): readonly FilterProblem[] {
  const tokens = tokenize(text)
  return [...unclosedQuotes(tokens), ...unbalancedParens(tokens), ...unknownColumns(tokens, schema)].toSorted(
    (a, b) => a.start - b.start,
  )
}

/** The engine's verdict as a problem, placed as well as its text allows. */
export function problemOfCheck(
  check: FilterCheck & { readonly valid: false },
  text: string,
  schema: readonly SchemaField[],
): FilterProblem {
  const message = check.hint === undefined ? check.message : `${check.message} ${check.hint}`
  const place = check.at ?? lintFilter(text, schema)[0] ?? { start: 0, end: text.length }
  const start = Math.max(0, Math.min(place.start, text.length))
  return { start, end: Math.max(start, Math.min(place.end, text.length)), message }
}

function unclosedQuotes(tokens: readonly Token[]): readonly FilterProblem[] {
  return tokens
    .filter((token) => !token.closed)
    .map((token) => ({ start: token.start, end: token.end, message: 'This quote is never closed.' }))
}

function unbalancedParens(tokens: readonly Token[]): readonly FilterProblem[] {
  const open: Token[] = []
  const problems: FilterProblem[] = []
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token)
    if (token.kind !== 'close') continue
    const partner = open.pop()
    if (partner === undefined)
      problems.push({ start: token.start, end: token.end, message: 'Nothing is open here to close.' })
  }
  return [...problems, ...open.map(({ start, end }) => ({ start, end, message: 'This parenthesis is never closed.' }))]
}

function unknownColumns(tokens: readonly Token[], schema: readonly SchemaField[]): readonly FilterProblem[] {
  const problems: FilterProblem[] = []
  for (let index = 0; index < tokens.length; index++) {
    const path = pathFrom(tokens, index)
    if (path === null || isWord(tokens[index - 1], 'as')) continue
    const first = tokens[index]
    const last = tokens[path.lastIndex]
    index = path.lastIndex
    if (first === undefined || last === undefined || tokens[path.lastIndex + 1]?.kind === 'open') continue
    const message = explainUnknown(path.names, schema)
    if (message !== null) problems.push({ start: first.start, end: last.end, message })
  }
  return problems
}

/** Dotted names starting at a token; null for keywords and everything that is no name. */
function pathFrom(
  tokens: readonly Token[],
  index: number,
): { readonly names: readonly string[]; readonly lastIndex: number } | null {
  const token = tokens[index]
  if (token === undefined || !isName(token)) return null
  if (token.kind === 'word' && KEYWORDS.has(token.text.toLowerCase())) return null
  const names = [nameOf(token)]
  let lastIndex = index
  for (;;) {
    const next = tokens[lastIndex + 2]
    if (tokens[lastIndex + 1]?.kind !== 'dot' || next === undefined || !isName(next)) return { names, lastIndex }
    names.push(nameOf(next))
    lastIndex += 2
  }
}

function isName(token: Token): boolean {
  return token.kind === 'word' || (token.kind === 'quoted-name' && token.closed)
}

function explainUnknown(path: readonly string[], schema: readonly SchemaField[]): string | null {
  if (path.length === 1 && VIRTUAL_COLUMNS.includes(path[0] ?? '')) return null
  if (resolveColumn(schema, path) !== undefined) return null
  const depth = path.findIndex((_, index) => resolveColumn(schema, path.slice(0, index + 1)) === undefined)
  const wrong = path[depth] ?? ''
  const parent = path.slice(0, depth)
  const names = fieldsAt(schema, parent).map((field) => field.name)
  const suggestion = closestName(names, wrong)
  const where = parent.length === 0 ? 'There is no column' : `${parent.join('.')} has no field`
  return `${where} “${wrong}”.${suggestion === undefined ? '' : ` Did you mean “${suggestion}”?`}`
}
