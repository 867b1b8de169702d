import type { SchemaField } from '#shared/model/schema.ts'

/**
 * True when some field id stands for two types. Within one line of schemas a new type gets a new id; an overwrite starts
 * counting ids anew, so that they mean other columns than before.
 */
export function doFieldIdsClash(before: readonly SchemaField[], after: readonly SchemaField[]): boolean {
  const types = new Map(flatten(before).map(({ id, logicalType }) => [id, logicalType]))
  return flatten(after).some(({ id, logicalType }) => (types.get(id) ?? logicalType) !== logicalType)
}

/** True when some field id stands for two names. */
export function areFieldsRenamed(before: readonly SchemaField[], after: readonly SchemaField[]): boolean {
  const names = new Map(flatten(before).map(({ id, name }) => [id, name]))
  return flatten(after).some(({ id, name }) => (names.get(id) ?? name) !== name)
}

function flatten(fields: readonly SchemaField[]): readonly SchemaField[] {
  return fields.flatMap((field) => [field, ...flatten(field.children)])
}
