import type { SchemaChange } from '#shared/model/schema-change.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { diffEntries } from './entry-diff.ts'

interface Placed {
  readonly field: SchemaField
  readonly path: string
  readonly parentId: number
}

/**
 * What changed from one schema to the next, by field id. A new type gets a new id in Lance, so a dropped and an added
 * field of one name are a retyped one. Children of added or dropped fields go without saying.
 */
export function diffSchemas(before: readonly SchemaField[], after: readonly SchemaField[]): readonly SchemaChange[] {
  const old = placeFields(before)
  const now = placeFields(after)
  const dropped = outermost([...old.values()].filter(({ field }) => !now.has(field.id)))
  const added = outermost([...now.values()].filter(({ field }) => !old.has(field.id)))
  const droppedByPath = new Map(dropped.map((placed) => [placed.path, placed]))
  const retyped = new Set<string>()
  const changes: SchemaChange[] = []
  for (const { field, path } of added) {
    const former = droppedByPath.get(path)
    if (former === undefined) changes.push({ kind: 'added', name: path, type: field.type })
    else {
      retyped.add(path)
      changes.push({ kind: 'retyped', name: path, from: former.field.type, to: field.type })
    }
  }
  for (const { path, field } of dropped) {
    if (!retyped.has(path)) changes.push({ kind: 'dropped', name: path, type: field.type })
  }
  for (const { field, path } of now.values()) {
    const former = old.get(field.id)
    if (former === undefined) continue
    if (former.field.name !== field.name) changes.push({ kind: 'renamed', name: path, from: former.path })
    if (former.field.nullable !== field.nullable) {
      changes.push({ kind: 'nullable', name: path, nullable: field.nullable })
    }
    const entries = diffEntries(former.field.metadata, field.metadata)
    if (entries.length > 0) changes.push({ kind: 'metadata', name: path, changes: entries })
  }
  return changes
}

function placeFields(schema: readonly SchemaField[]): ReadonlyMap<number, Placed> {
  const placed = new Map<number, Placed>()
  const visit = (fields: readonly SchemaField[], prefix: string, parentId: number): void => {
    for (const field of fields) {
      const path = prefix === '' ? field.name : `${prefix}.${field.name}`
      placed.set(field.id, { field, path, parentId })
      visit(field.children, path, field.id)
    }
  }
  visit(schema, '', -1)
  return placed
}

function outermost(fields: readonly Placed[]): readonly Placed[] {
  const ids = new Set(fields.map(({ field }) => field.id))
  return fields.filter(({ parentId }) => !ids.has(parentId))
}
