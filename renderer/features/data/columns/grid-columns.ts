import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import type { GridColumn } from '#renderer/grid/types.ts'
import { isReadable } from '../rows/readable.ts'

const WIDTHS: Readonly<Record<FieldKind, number>> = {
  null: 70,
  boolean: 70,
  integer: 96,
  float: 96,
  decimal: 110,
  string: 220,
  binary: 150,
  date: 100,
  time: 120,
  timestamp: 190,
  duration: 120,
  vector: 240,
  list: 190,
  struct: 220,
  map: 200,
  dictionary: 120,
  json: 220,
  blob: 130,
  uuid: 270,
  unknown: 120,
}

const UNSORTABLE: ReadonlySet<FieldKind> = new Set([
  'vector',
  'list',
  'struct',
  'map',
  'blob',
  'json',
  'null',
  'unknown',
])

/** How the grid shows a column of the dataset. */
export function gridColumnOf(field: SchemaField): GridColumn {
  const description = [field.name, field.type, field.nullable ? 'may be null' : 'never null'].join(' · ')
  return {
    id: field.name,
    title: field.name,
    subtitle: field.type,
    description,
    align: field.kind === 'integer' || field.kind === 'float' || field.kind === 'decimal' ? 'end' : 'start',
    defaultWidth: Math.max(widthOf(field), Math.min(260, 44 + field.name.length * 7)),
    sortable: canSort(field),
  }
}

/** 64-bit numbers and timestamps get room for all their digits: cut, they tell little. */
function widthOf({ kind, logicalType }: SchemaField): number {
  if (/^(u?int64|double)$/.test(logicalType)) return 156
  const [, unit = '', zone = ''] = /^timestamp:([mun]?s)(?::(.*))?$/.exec(logicalType) ?? []
  return (TIMESTAMP_WIDTHS[unit] ?? WIDTHS[kind]) + zoneWidth(zone)
}

/** Room for the note with a zone's name; UTC is told by the `Z` of the time. */
function zoneWidth(zone: string): number {
  return zone === '' || zone === '-' || zone === 'UTC' ? 0 : zone.length * 7 + 16
}

const TIMESTAMP_WIDTHS: Readonly<Record<string, number>> = { s: 160, ms: 186, us: 208, ns: 228 }

export function canSort(field: SchemaField): boolean {
  return !UNSORTABLE.has(field.kind) && isReadable(field.name)
}
