import { toBase64 } from './bytes.ts'
import { formatIsoDuration } from './temporal.ts'
import type { ExactValue, StructValue } from './value.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * A value as plain JSON, nothing rounded: 64-bit integers and decimals are strings of digits; bytes are base64;
 * timestamps, dates and times ISO 8601 with every stored digit (`Z` where the type has a zone), durations `PT1.5S`;
 * NaN and infinities are the strings `NaN`, `Infinity`, `-Infinity`. Smaller integers and floats are numbers (a float32
 * as the double it equals). Maps are arrays of `{key, value}`, because keys need not be strings nor be unique.
 * JSON columns stay text. Blobs give their descriptor.
 */
export function toJsonValue(value: ExactValue): JsonValue {
  switch (value.kind) {
    case 'null':
      return null
    case 'boolean':
      return value.value
    case 'integer':
      return typeof value.value === 'bigint' ? String(value.value) : value.value
    case 'float':
      return toJsonNumber(value.value)
    case 'string':
      return value.value
    case 'decimal':
    case 'json':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
      return value.text
    case 'binary':
      return toBase64(value.bytes)
    case 'duration':
      return formatIsoDuration(value.count, value.unit)
    case 'interval':
      return { months: value.months, days: value.days, nanoseconds: String(value.nanoseconds) }
    case 'vector':
      return Array.from(value.values, toJsonNumber)
    case 'list':
      return Array.from({ length: value.length }, (_, index) => toJsonValue(value.item(index)))
    case 'struct':
      return toJsonObject(value)
    case 'map':
      return Array.from({ length: value.length }, (_, index) => ({
        key: toJsonValue(value.key(index)),
        value: toJsonValue(value.value(index)),
      }))
    case 'blob':
      return toJsonObject(value.descriptor)
  }
}

function toJsonNumber(value: number): JsonValue {
  return Number.isFinite(value) ? value : String(value)
}

/** `Object.fromEntries` defines own properties, so a field named `__proto__` is data like any other. */
function toJsonObject(value: StructValue): JsonValue {
  return Object.fromEntries(value.names.map((name, index) => [name, toJsonValue(value.field(index))]))
}
