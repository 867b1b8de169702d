import type { SchemaField } from '#shared/model/schema.ts'

/** Columns the Search view offers for vectors; the engine has the last word on what can be searched. */
export function vectorFields(schema: readonly SchemaField[]): readonly SchemaField[] {
  return schema.filter((field) => field.kind === 'vector' || isListOfVectors(field))
}

function isListOfVectors({ kind, children }: SchemaField): boolean {
  return kind === 'list' && children[0]?.kind === 'vector'
}

/** Columns full-text search can look into. */
export function textFields(schema: readonly SchemaField[]): readonly SchemaField[] {
  const isText = ({ logicalType }: SchemaField): boolean => logicalType === 'string' || logicalType === 'large_string'
  return schema.filter((field) => isText(field) || (field.kind === 'list' && field.children.some(isText)))
}
