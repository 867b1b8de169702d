import { describeRecordType, type RecordField, type RecordType } from './record-type.ts'
import { parseTime } from './parse-time.ts'

/** The values of a record in the order of the columns, as `toArrow` takes them, or why it does not fit. */
export type FittedRecord = { readonly values: readonly unknown[] } | { readonly reason: string }

class Mismatch extends Error {}

/** Holds a record against the columns: nothing is cut, rounded or left out to make it fit. */
export function fitRecord(fields: readonly RecordField[], record: Readonly<Record<string, unknown>>): FittedRecord {
  try {
    return { values: fitFields(fields, record, '') }
  } catch (error) {
    if (error instanceof Mismatch) return { reason: error.message }
    throw error
  }
}

function fitFields(
  fields: readonly RecordField[],
  record: Readonly<Record<string, unknown>>,
  within: string,
): readonly unknown[] {
  for (const name of Object.keys(record)) {
    if (!fields.some((field) => field.name === name)) {
      throw new Mismatch(`There is no column "${within}${name}".`)
    }
  }
  return fields.map((field) => fitField(field, Object.hasOwn(record, field.name) ? record[field.name] : null, within))
}

function fitField({ name, nullable, type }: RecordField, value: unknown, within: string): unknown {
  if (value !== null && value !== undefined) return fit(type, value, `${within}${name}`)
  if (!nullable) throw new Mismatch(`"${within}${name}" may not be null.`)
  return null
}

function fit(type: RecordType, value: unknown, path: string): unknown {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : refuse(type, value, path)
    case 'int':
      return fitInteger(type, value, path)
    case 'float':
      return fitFloat(type, value, path)
    case 'string':
      return typeof value === 'string' ? value : refuse(type, value, path)
    case 'json':
      return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? rawNumber(part) : part))
    case 'binary':
      return fitBytes(type, value, path)
    case 'date': {
      const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseTime(value, 'ms') : undefined
      return time === undefined ? refuse(type, value, path) : Number(time)
    }
    case 'timestamp': {
      const time = typeof value === 'string' ? parseTime(value, type.unit) : undefined
      return time ?? refuse(type, value, path)
    }
    case 'vector':
      return fitVector(type, value, path)
    case 'list':
      if (!Array.isArray(value)) return refuse(type, value, path)
      return value.map((item, at) => fitField({ ...type.item, name: `${path}[${at}]` }, item, ''))
    case 'struct': {
      if (typeof value !== 'object' || Array.isArray(value)) return refuse(type, value, path)
      const values = fitFields(type.fields, value as Readonly<Record<string, unknown>>, `${path}.`)
      return Object.fromEntries(type.fields.map(({ name }, at) => [name, values[at]]))
    }
    case 'unwritable':
      return refuse(type, value, path)
  }
}

function fitInteger(type: Extract<RecordType, { kind: 'int' }>, value: unknown, path: string): number | bigint {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
  if (!isWhole) return refuse(type, value, path)
  const exact = BigInt(value)
  const bits = BigInt(type.bits)
  const [low, high] = type.signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
  if (exact < low || exact > high) throw new Mismatch(`"${path}" is ${exact}, beyond what its column holds.`)
  return type.bits === 64 ? exact : Number(exact)
}

function fitFloat(type: Extract<RecordType, { kind: 'float' }>, value: unknown, path: string): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'bigint') return refuse(type, value, path)
  const rounded = Number(value)
  if (BigInt(rounded) !== value)
    throw new Mismatch(`"${path}" is ${value}, which a ${type.bits}-bit number cannot hold exactly.`)
  return rounded
}

function fitVector(type: Extract<RecordType, { kind: 'vector' }>, value: unknown, path: string): readonly number[] {
  if (!Array.isArray(value)) return refuse(type, value, path)
  if (value.length !== type.dimension) {
    throw new Mismatch(`"${path}" has ${value.length} numbers, and its column vectors of ${type.dimension}.`)
  }
  const bad = value.findIndex((item) => typeof item !== 'number')
  if (bad !== -1) throw new Mismatch(`"${path}[${bad}]" is no number.`)
  return value as readonly number[]
}

function fitBytes(type: RecordType, value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0) {
    return refuse(type, value, path)
  }
  return new Uint8Array(Buffer.from(value, 'base64'))
}

/** JSON.stringify knows no bigints; `rawJSON` came with Node 22. */
function rawNumber(value: bigint): number | string {
  const rounded = Number(value)
  return BigInt(rounded) === value ? rounded : value.toString()
}

function refuse(type: RecordType, value: unknown, path: string): never {
  throw new Mismatch(`"${path}" is ${describeValue(value)}, and has to be ${describeRecordType(type)}.`)
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = typeof value === 'string' ? value : `${value as number | bigint | boolean}`
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return typeof value === 'string' ? `the text "${short}"` : short
}
