import type { SchemaField } from '#shared/model/schema.ts'

/** A column on both sides; a side that lacks it is null. */
export interface FieldPair {
  readonly name: string
  readonly from: SchemaField | null
  readonly to: SchemaField | null
}

/**
 * Columns of both sides, in the order of the newer one, then those it no longer has. Where field ids mean the same on
 * both sides a renamed column keeps its own; else names decide.
 */
export function fieldPairs(
  from: readonly SchemaField[],
  to: readonly SchemaField[],
  areFieldsById: boolean,
): readonly FieldPair[] {
  const byId = new Map(areFieldsById ? from.map((field) => [field.id, field]) : [])
  const byName = new Map(from.map((field) => [field.name, field]))
  const pairs = to.map((field) => ({
    name: field.name,
    from: byId.get(field.id) ?? byName.get(field.name) ?? null,
    to: field,
  }))
  const taken = new Set(pairs.map((pair) => pair.from))
  return [
    ...pairs,
    ...from.filter((field) => !taken.has(field)).map((field) => ({ name: field.name, from: field, to: null })),
  ]
}
