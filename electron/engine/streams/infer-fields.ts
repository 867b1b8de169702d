import type { RecordField, RecordType } from './record-type.ts'

/** Fewer numbers in a list are taken for a list, more for a vector. */
const VECTOR_MIN = 8
const MAX_DEPTH = 16
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/

/**
 * The columns a first record fixes. A null says nothing of its type and becomes a text column; a number without a
 * fraction is whole. Dates and times are known by their ISO form with a zone.
 */
export function inferFields(record: Readonly<Record<string, unknown>>): readonly RecordField[] {
  return fieldsOf(record, 0)
}

function fieldsOf(record: Readonly<Record<string, unknown>>, depth: number): readonly RecordField[] {
  return Object.entries(record).map(([name, value]) => ({ name, nullable: true, type: typeOf(value, depth) }))
}

function typeOf(value: unknown, depth: number): RecordType {
  if (typeof value === 'boolean') return { kind: 'bool' }
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { kind: 'int', bits: 64, signed: true }
  if (typeof value === 'number') return { kind: 'float', bits: 64 }
  if (typeof value === 'string') return typeOfText(value)
  if (Array.isArray(value)) return typeOfList(value, depth)
  if (typeof value === 'object' && value !== null) {
    const fields = fieldsOf(value as Readonly<Record<string, unknown>>, depth + 1)
    // Lance knows no struct without fields.
    return fields.length === 0 || depth >= MAX_DEPTH ? { kind: 'json' } : { kind: 'struct', fields }
  }
  return { kind: 'string', isLarge: false }
}

function typeOfText(text: string): RecordType {
  if (ISO_TIME.test(text) && !Number.isNaN(Date.parse(text))) return { kind: 'timestamp', unit: 'us', zone: 'UTC' }
  if (ISO_DATE.test(text) && !Number.isNaN(Date.parse(text))) return { kind: 'date' }
  return { kind: 'string', isLarge: false }
}

function typeOfList(items: readonly unknown[], depth: number): RecordType {
  if (items.length >= VECTOR_MIN && items.every((item) => typeof item === 'number')) {
    return { kind: 'vector', dimension: items.length, bits: 32 }
  }
  const known = items.find((item) => item !== null)
  if (known === undefined || depth >= MAX_DEPTH) return { kind: 'json' }
  const isFraction = items.some((item) => typeof item === 'number' && !Number.isSafeInteger(item))
  const type: RecordType = isFraction ? { kind: 'float', bits: 64 } : typeOf(known, depth + 1)
  return { kind: 'list', item: { name: 'item', nullable: true, type } }
}
