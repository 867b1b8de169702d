import type { SchemaField } from '#shared/model/schema.ts'

export type TimeUnit = 's' | 'ms' | 'us' | 'ns'

/** What kind of SQL literal a column compares with. */
export type LiteralType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'decimal'; readonly bits: 128 | 256; readonly precision: number; readonly scale: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'date'; readonly unit: 'day' | 'ms' }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  /** `zone` is null for wall-clock timestamps. */
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly zone: string | null }
  | { readonly kind: 'duration'; readonly unit: TimeUnit }

/** The literal type of a column; null when values of it cannot be written in a filter (lists, structs, vectors, blobs…). */
export function literalTypeOf(field: SchemaField): LiteralType | null {
  if (field.kind === 'uuid') return { kind: 'uuid' }
  if (field.kind === 'blob' || field.kind === 'json' || field.kind === 'vector') return null
  return parseLogicalType(field.logicalType)
}

/** Reads a Lance logical type name (`timestamp:us:Europe/Berlin`, `dict:string:int32:false`, …). */
export function parseLogicalType(logicalType: string): LiteralType | null {
  const [head = '', ...rest] = logicalType.split(':')
  switch (head) {
    case 'bool':
      return { kind: 'boolean' }
    case 'halffloat':
      return { kind: 'float', bits: 16 }
    case 'float':
      return { kind: 'float', bits: 32 }
    case 'double':
      return { kind: 'float', bits: 64 }
    case 'string':
    case 'large_string':
      return { kind: 'string' }
    case 'binary':
    case 'large_binary':
    case 'fixed_size_binary':
      return { kind: 'binary' }
    case 'date32':
      return { kind: 'date', unit: 'day' }
    case 'date64':
      return { kind: 'date', unit: 'ms' }
    case 'decimal':
      return parseDecimal(rest)
    case 'time32':
    case 'time64':
      return withUnit(rest[0], (unit) => ({ kind: 'time', unit }))
    case 'duration':
      return withUnit(rest[0], (unit) => ({ kind: 'duration', unit }))
    case 'timestamp': {
      // Zone names may hold colons (`+05:30`), so everything after the unit belongs to the zone.
      const zone = rest.slice(1).join(':')
      return withUnit(rest[0], (unit) => ({ kind: 'timestamp', unit, zone: zone === '' || zone === '-' ? null : zone }))
    }
    case 'dict':
      return parseLogicalType(rest.slice(0, -2).join(':'))
    default:
      return parseInteger(head)
  }
}

function parseInteger(name: string): LiteralType | null {
  const match = /^(u?)int(8|16|32|64)$/.exec(name)
  return match === null ? null : { kind: 'integer', bits: Number(match[2]), signed: match[1] === '' }
}

function parseDecimal([bits, precision, scale]: readonly string[]): LiteralType | null {
  if (bits !== '128' && bits !== '256') return null
  const digits = Number(precision)
  const places = Number(scale)
  if (!Number.isInteger(digits) || !Number.isInteger(places)) return null
  return { kind: 'decimal', bits: bits === '128' ? 128 : 256, precision: digits, scale: places }
}

function withUnit(unit: string | undefined, make: (unit: TimeUnit) => LiteralType): LiteralType | null {
  return unit === 's' || unit === 'ms' || unit === 'us' || unit === 'ns' ? make(unit) : null
}

/** The unit as Arrow's `arrow_cast` spells it. */
export function arrowUnit(unit: TimeUnit): string {
  return { s: 'Second', ms: 'Millisecond', us: 'Microsecond', ns: 'Nanosecond' }[unit]
}
