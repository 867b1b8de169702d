import type { SchemaField } from '#shared/model/schema.ts'

const BITS: Readonly<Record<string, number>> = {
  null: 0,
  bool: 1,
  int8: 8,
  int16: 16,
  int32: 32,
  int64: 64,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
  halffloat: 16,
  float: 32,
  double: 64,
  'lance.bfloat16': 16,
  date32: 32,
  date64: 64,
  time32: 32,
  time64: 64,
  timestamp: 64,
  duration: 64,
}
/** Types inside type strings nest; deeper than this is no real data. */
const MAX_DEPTH = 16

/**
 * Bits of one value in Arrow's value buffer, by the logical type; undefined for types whose values differ in size, or
 * whose size lies in children.
 */
export function bitsOfType(logicalType: string, depth = 0): number | undefined {
  const colon = logicalType.indexOf(':')
  const name = colon === -1 ? logicalType : logicalType.slice(0, colon)
  const rest = logicalType.slice(name.length + 1)
  if (Object.hasOwn(BITS, name)) return BITS[name]
  if (name === 'decimal') return toCount(rest.split(':')[0])
  if (name === 'fixed_size_binary') return multiply(toCount(rest), 8)
  if (name !== 'fixed_size_list' || depth >= MAX_DEPTH) return undefined
  const last = rest.lastIndexOf(':')
  return multiply(bitsOfType(rest.slice(0, Math.max(0, last)), depth + 1), toCount(rest.slice(last + 1)))
}

/** Values of a field per row: 1, or the length of a fixed-size list of structs; undefined for lists and maps. */
export function itemsPerRow(field: SchemaField): number | undefined {
  if (field.children.length === 0 || field.logicalType === 'struct') return 1
  return field.logicalType.startsWith('fixed_size_list:struct:') ? toCount(field.logicalType.slice(23)) : undefined
}

function multiply(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b
}

function toCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
