import { AppError } from '#shared/errors.ts'
import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'
import type { OrderKey } from '../lance/index.ts'
import { requireReadable } from './view.ts'

/** Checks sort keys against the schema: `unknown-column`, `not-sortable`. Repeated columns count once. */
export function checkOrder(manifest: Manifest, keys: readonly OrderKey[]): readonly OrderKey[] {
  const seen = new Set<string>()
  return keys.filter((key) => {
    const field = requireReadable(manifest, key.column)
    const reason = notSortable(field)
    if (reason !== undefined) throw refuse(field, reason)
    if (seen.has(key.column)) return false
    seen.add(key.column)
    return true
  })
}

function notSortable(field: SchemaField): string | undefined {
  return isSortable(field.kind) ? undefined : `values of type ${field.type} have no order`
}

function isSortable(kind: FieldKind): boolean {
  switch (kind) {
    case 'boolean':
    case 'integer':
    case 'float':
    case 'decimal':
    case 'string':
    case 'binary':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration':
    case 'dictionary':
    case 'uuid':
      return true
    case 'null':
    case 'vector':
    case 'list':
    case 'struct':
    case 'map':
    case 'json':
    case 'blob':
    case 'unknown':
      return false
  }
}

function refuse(field: SchemaField, reason: string): AppError {
  return new AppError({
    code: 'not-sortable',
    message: `The column "${field.name}" cannot be sorted: ${reason}.`,
    hint: 'Sort by a number, text, date or boolean column.',
    detail: { column: field.name, type: field.type },
  })
}
