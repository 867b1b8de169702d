import type { SchemaField } from '#shared/model/schema.ts'

export type TimeUnit = 's' | 'ms' | 'us' | 'ns'

/** What a value of a record has to be for a column. `unwritable`: JSON has nothing for it, so that it stays null. */
export type RecordType =
  | { readonly kind: 'bool' | 'json' | 'date' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'string' | 'binary'; readonly isLarge: boolean }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly zone: string | null }
  | { readonly kind: 'vector'; readonly dimension: number; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'list'; readonly item: RecordField }
  | { readonly kind: 'struct'; readonly fields: readonly RecordField[] }
  | { readonly kind: 'unwritable'; readonly type: string }

export interface RecordField {
  readonly name: string
  readonly nullable: boolean
  readonly type: RecordType
}

const FLOAT_BITS: Readonly<Record<string, 16 | 32 | 64>> = { halffloat: 16, float: 32, double: 64 }

/** The columns of a dataset as records have to meet them. */
export function recordFieldsOf(schema: readonly SchemaField[]): readonly RecordField[] {
  return schema.map((field) => ({ name: field.name, nullable: field.nullable, type: recordTypeOf(field) }))
}

function recordTypeOf(field: SchemaField): RecordType {
  const { kind, logicalType, children } = field
  switch (kind) {
    case 'boolean':
      return { kind: 'bool' }
    case 'integer':
      return integerType(logicalType) ?? unwritable(field)
    case 'float': {
      const bits = FLOAT_BITS[logicalType]
      return bits === undefined ? unwritable(field) : { kind: 'float', bits }
    }
    case 'string':
      return { kind: 'string', isLarge: logicalType === 'large_string' }
    case 'binary':
      return /^(large_)?binary$/.test(logicalType)
        ? { kind: 'binary', isLarge: logicalType === 'large_binary' }
        : unwritable(field)
    case 'json':
      return { kind: 'json' }
    case 'date':
      return logicalType.startsWith('date32') ? { kind: 'date' } : unwritable(field)
    case 'timestamp':
      return timestampType(logicalType) ?? unwritable(field)
    case 'vector':
      return vectorType(field) ?? unwritable(field)
    case 'list': {
      const [item] = children
      const isPlain = logicalType === 'list' || logicalType === 'list.struct'
      return item === undefined || !isPlain
        ? unwritable(field)
        : { kind: 'list', item: { name: item.name, nullable: item.nullable, type: recordTypeOf(item) } }
    }
    case 'struct':
      return { kind: 'struct', fields: recordFieldsOf(children) }
    default:
      return unwritable(field)
  }
}

function integerType(logicalType: string): RecordType | undefined {
  const match = /^(u?)int(8|16|32|64)$/.exec(logicalType)
  if (match === null) return undefined
  return { kind: 'int', bits: Number(match[2]) as 8 | 16 | 32 | 64, signed: match[1] === '' }
}

/** `timestamp:{unit}:{zone or -}`. */
function timestampType(logicalType: string): RecordType | undefined {
  const match = /^timestamp:(s|ms|us|ns):(.*)$/.exec(logicalType)
  if (match === null) return undefined
  const zone = match[2] ?? '-'
  return { kind: 'timestamp', unit: match[1] as TimeUnit, zone: zone === '-' ? null : zone }
}

/** `fixed_size_list:{element}:{dimension}`. */
function vectorType({ logicalType, dimension }: SchemaField): RecordType | undefined {
  const bits = FLOAT_BITS[logicalType.split(':')[1] ?? '']
  return bits === undefined || dimension === undefined ? undefined : { kind: 'vector', dimension, bits }
}

function unwritable({ type }: SchemaField): RecordType {
  return { kind: 'unwritable', type }
}

/** How people call a type in a refusal. */
export function describeRecordType(type: RecordType): string {
  switch (type.kind) {
    case 'bool':
      return 'true or false'
    case 'int':
      return `a whole number (${type.signed ? '' : 'u'}int${type.bits})`
    case 'float':
      return 'a number'
    case 'string':
      return 'text'
    case 'binary':
      return 'bytes in Base64'
    case 'date':
      return 'a date such as "2026-11-26"'
    case 'timestamp':
      return 'a time such as "2026-11-26T12:00:00Z"'
    case 'json':
      return 'any JSON'
    case 'vector':
      return `a list of ${type.dimension} numbers`
    case 'list':
      return `a list, each item ${describeRecordType(type.item.type)}`
    case 'struct':
      return 'an object'
    case 'unwritable':
      return `nothing: ${type.type} cannot be written from JSON`
  }
}

/** Short names of inferred and known types, for people. */
export function nameRecordType(type: RecordType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`
    case 'float':
      return `float${type.bits}`
    case 'timestamp':
      return `timestamp[${type.unit}${type.zone === null ? '' : `, ${type.zone}`}]`
    case 'vector':
      return `vector[${type.dimension}]`
    case 'list':
      return `list<${nameRecordType(type.item.type)}>`
    case 'struct':
      return `struct{${type.fields.length}}`
    case 'unwritable':
      return type.type
    default:
      return type.kind
  }
}
