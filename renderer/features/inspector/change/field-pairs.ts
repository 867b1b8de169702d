import type { SchemaField } from '#shared/model/schema.ts'

/** A column on both sides; a side that lacks it is null. */
export interface FieldPair {
  readonly name: string
  readonly from: SchemaField | null
  readonly to: SchemaField | null
}

/** Columns of both schemas by name: in the order of the newer one, then those it no longer has. */
export function fieldPairs(from: readonly SchemaField[], to: readonly SchemaField[]): readonly FieldPair[] {
  const before = new Map(from.map((field) => [field.name, field]))
  const kept = new Set(to.map(({ name }) => name))
  return [
    ...to.map((field) => ({ name: field.name, from: before.get(field.name) ?? null, to: field })),
    ...from.filter(({ name }) => !kept.has(name)).map((field) => ({ name: field.name, from: field, to: null })),
  ]
}
