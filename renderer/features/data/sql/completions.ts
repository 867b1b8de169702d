import type { SchemaField } from '#shared/model/schema.ts'
import { fieldsAt, resolveColumn, VIRTUAL_COLUMNS } from './columns.ts'
import { canBeFiltered, quoteIdentifier } from './identifier.ts'
import { CONNECTORS, FUNCTIONS, OPERATORS } from './functions.ts'
import type { FilterContext } from './filter-context.ts'

/** One thing completion offers. */
export interface CompletionItem {
  readonly label: string
  /** Text put in place of what was typed. */
  readonly insert: string
  readonly kind: 'column' | 'function' | 'keyword' | 'value'
  readonly detail?: string
  readonly info?: string
}

/** Columns, functions, operators for a place; values come apart because they are fetched. */
export function completionsFor(context: FilterContext, schema: readonly SchemaField[]): readonly CompletionItem[] {
  switch (context.kind) {
    case 'operand':
      return [
        ...columnItems(schema),
        ...virtualItems(),
        ...functionItems(),
        ...operandKeywords(context.comparedWith !== null),
      ]
    case 'member':
      return columnItems(fieldsAt(schema, context.path))
    case 'operator':
      return operatorItems(context.afterComparison)
    case 'string':
    case 'none':
      return []
  }
}

/** The column whose values belong at a place; null where none do. */
export function valueColumn(context: FilterContext, schema: readonly SchemaField[]): string | null {
  if (context.kind !== 'operand' && context.kind !== 'string') return null
  if (context.comparedWith === null) return null
  const column = resolveColumn(schema, context.comparedWith)
  // Sampling works on whole columns only, and on kinds with few distinct values.
  const sampled = column !== undefined && column.path.length === 1 && SAMPLED_KINDS.has(column.field.kind)
  return sampled ? column.field.name : null
}

const SAMPLED_KINDS: ReadonlySet<string> = new Set(['string', 'dictionary', 'boolean', 'integer', 'date'])

/** Sampled values, already SQL literals. */
export function valueItems(values: readonly string[], complete: boolean): readonly CompletionItem[] {
  return values.map((value) => ({
    label: value,
    insert: value,
    kind: 'value',
    detail: complete ? 'value' : 'value in a sample',
  }))
}

function columnItems(fields: readonly SchemaField[]): readonly CompletionItem[] {
  return fields
    .filter((field) => canBeFiltered([field.name]))
    .map((field) => ({ label: field.name, insert: quoteIdentifier(field.name), kind: 'column', detail: field.type }))
}

function virtualItems(): readonly CompletionItem[] {
  return VIRTUAL_COLUMNS.map((name) => ({ label: name, insert: name, kind: 'column', detail: 'uint64, virtual' }))
}

function functionItems(): readonly CompletionItem[] {
  return FUNCTIONS.map(({ name, signature, doc }) => ({
    label: name,
    insert: signature.endsWith('()') ? signature : `${name}(`,
    kind: 'function',
    detail: signature.slice(name.length),
    info: doc,
  }))
}

function operandKeywords(isComparison: boolean): readonly CompletionItem[] {
  const words = isComparison ? ['TRUE', 'FALSE'] : ['NOT']
  return words.map((word) => ({ label: word, insert: word, kind: 'keyword' }))
}

function operatorItems(afterComparison: boolean): readonly CompletionItem[] {
  const connectors = CONNECTORS.map((word): CompletionItem => ({ label: word, insert: word, kind: 'keyword' }))
  if (afterComparison) return connectors
  const operators = OPERATORS.map(([label, doc]): CompletionItem => ({
    label,
    insert: label,
    kind: 'keyword',
    detail: doc,
  }))
  return [...operators, ...connectors]
}
