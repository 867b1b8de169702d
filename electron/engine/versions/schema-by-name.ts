import type { SchemaChange } from '#shared/model/schema-change.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { diffEntries } from './entry-diff.ts'

/** What differs between two schemas whose field ids have nothing to do with each other. */
export function diffSchemasByName(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
  prefix = '',
): readonly SchemaChange[] {
  const old = new Map(before.map((field) => [field.name, field]))
  const names = new Set(after.map((field) => field.name))
  const changes: SchemaChange[] = after.flatMap((field) => {
    const former = old.get(field.name)
    const name = `${prefix}${field.name}`
    return former === undefined ? [{ kind: 'added' as const, name, type: field.type }] : diffField(name, former, field)
  })
  for (const field of before) {
    if (!names.has(field.name)) changes.push({ kind: 'dropped', name: `${prefix}${field.name}`, type: field.type })
  }
  return changes
}

function diffField(name: string, before: SchemaField, after: SchemaField): readonly SchemaChange[] {
  const isNested = before.kind === after.kind && before.children.length > 0 && after.children.length > 0
  if (!isNested && before.logicalType !== after.logicalType) {
    return [{ kind: 'retyped', name, from: before.type, to: after.type }]
  }
  const metadata = diffEntries(before.metadata, after.metadata)
  return [
    ...(before.nullable === after.nullable ? [] : [{ kind: 'nullable' as const, name, nullable: after.nullable }]),
    ...(metadata.length === 0 ? [] : [{ kind: 'metadata' as const, name, changes: metadata }]),
    ...diffSchemasByName(before.children, after.children, `${name}.`),
  ]
}
