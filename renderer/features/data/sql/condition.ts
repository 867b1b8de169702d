import type { SchemaField } from '#shared/model/schema.ts'
import { quotePath, quoteString } from './identifier.ts'
import { literalFor, type LiteralResult } from './literal.ts'
import { literalTypeOf } from './literal-type.ts'

/** A column, top-level or nested, with the field at the end of the path. */
export interface ColumnRef {
  readonly path: readonly string[]
  readonly field: SchemaField
}

/** What a quick filter asks of one column. Texts are as typed or as shown in a cell. */
export type Condition =
  | { readonly kind: 'is-null' }
  | { readonly kind: 'not-null' }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly text: string }
  | { readonly kind: 'between'; readonly low: string; readonly high: string }
  | { readonly kind: 'contains'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: 'starts-with'; readonly text: string }

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ConditionKind = Condition['kind']

/** The SQL of a condition, or why the given texts make none. */
export function conditionSql(column: ColumnRef, condition: Condition): LiteralResult {
  const name = quotePath(column.path)
  switch (condition.kind) {
    case 'is-null':
      return { ok: true, sql: `${name} IS NULL` }
    case 'not-null':
      return { ok: true, sql: `${name} IS NOT NULL` }
    case 'compare':
      return compareSql(column, name, condition.operator, condition.text)
    case 'between':
      return betweenSql(column, name, condition.low, condition.high)
    case 'contains':
      return containsSql(column, name, condition.text, condition.ignoreCase)
    case 'starts-with':
      return { ok: true, sql: `starts_with(${name}, ${quoteString(condition.text)})` }
  }
}

/** Conditions a column can be asked for; lists answer `contains` with membership. */
export function conditionsOf(field: SchemaField): readonly ConditionKind[] {
  const type = literalTypeOf(field)
  if (type === null) {
    const item = listItem(field)
    return item !== undefined && literalTypeOf(item) !== null
      ? ['is-null', 'not-null', 'contains']
      : ['is-null', 'not-null']
  }
  if (type.kind === 'string') return ['is-null', 'not-null', 'compare', 'between', 'contains', 'starts-with']
  if (type.kind === 'boolean' || type.kind === 'binary' || type.kind === 'uuid')
    return ['is-null', 'not-null', 'compare']
  return ['is-null', 'not-null', 'compare', 'between']
}

function compareSql(column: ColumnRef, name: string, operator: CompareOperator, text: string): LiteralResult {
  const isNan = literalTypeOf(column.field)?.kind === 'float' && /^nan$/i.test(text.trim())
  if (isNan && operator === '=') return { ok: true, sql: `isnan(${name})` }
  const value = literalFor(column.field, text)
  if (!value.ok) return value
  const comparison = isNan && operator === '!=' ? `NOT isnan(${name})` : `${name} ${operator} ${value.sql}`
  // In SQL null is neither equal nor unequal, so leaving out a value would silently leave out the nulls too.
  const keepNulls = operator === '!=' && (column.field.nullable || column.path.length > 1)
  return { ok: true, sql: keepNulls ? `(${comparison} OR ${name} IS NULL)` : comparison }
}

function betweenSql(column: ColumnRef, name: string, low: string, high: string): LiteralResult {
  const from = literalFor(column.field, low)
  if (!from.ok) return from
  const to = literalFor(column.field, high)
  return to.ok ? { ok: true, sql: `${name} BETWEEN ${from.sql} AND ${to.sql}` } : to
}

function containsSql(column: ColumnRef, name: string, text: string, ignoreCase: boolean): LiteralResult {
  const item = listItem(column.field)
  if (item !== undefined) {
    const value = literalFor(item, text)
    return value.ok ? { ok: true, sql: `array_has(${name}, ${value.sql})` } : value
  }
  const sql = ignoreCase
    ? `contains(lower(${name}), ${quoteString(text.toLowerCase())})`
    : `contains(${name}, ${quoteString(text)})`
  return { ok: true, sql }
}

function listItem(field: SchemaField): SchemaField | undefined {
  return field.kind === 'list' ? field.children[0] : undefined
}
