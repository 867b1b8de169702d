import type { SchemaField } from '#shared/model/schema.ts'
import type { ColumnRef } from './condition.ts'

/** Virtual columns a filter may name besides the schema's. */
export const VIRTUAL_COLUMNS: readonly string[] = ['_rowid', '_rowaddr']

/** Fields below a path; the schema itself for an empty path, nothing when the path does not exist. */
export function fieldsAt(schema: readonly SchemaField[], path: readonly string[]): readonly SchemaField[] {
  return path.reduce<readonly SchemaField[]>((fields, part) => findField(fields, part)?.children ?? [], schema)
}

/** A field by name as Lance resolves it: the exact spelling first, then any case. */
function findField(fields: readonly SchemaField[], name: string): SchemaField | undefined {
  const lower = name.toLowerCase()
  return fields.find((field) => field.name === name) ?? fields.find((field) => field.name.toLowerCase() === lower)
}

/** The column a path names; undefined when there is none. */
export function resolveColumn(schema: readonly SchemaField[], path: readonly string[]): ColumnRef | undefined {
  const names: string[] = []
  let fields = schema
  let field: SchemaField | undefined
  for (const part of path) {
    field = findField(fields, part)
    if (field === undefined) return undefined
    names.push(field.name)
    fields = field.kind === 'struct' ? field.children : []
  }
  return field === undefined ? undefined : { path: names, field }
}

/** The name closest to a misspelt one, if any is close. */
export function closestName(names: readonly string[], wrong: string): string | undefined {
  const limit = Math.max(1, Math.ceil(wrong.length / 3))
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const name of names) {
    const distance = editDistance(name.toLowerCase(), wrong.toLowerCase(), limit)
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { name, distance }
  }
  return best?.name
}

/** Levenshtein distance; anything above `limit` may be reported as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? limit + 1
}
