import type { SchemaField } from '#shared/model/schema.ts'
import { quoteString } from './identifier.ts'
import { arrowUnit, type LiteralType, literalTypeOf, type TimeUnit } from './literal-type.ts'
import {
  type CivilDate,
  daysSinceEpoch,
  formatClock,
  formatDate,
  FRACTION_DIGITS,
  parseClock,
  parseTimestamp,
  type ParsedTimestamp,
  ticksSinceEpoch,
} from './temporal.ts'

/** A SQL literal, or the sentence that says why the text is none for this column. */
export type LiteralResult =
  { readonly ok: true; readonly sql: string } | { readonly ok: false; readonly reason: string }

const literal = (sql: string): LiteralResult => ({ ok: true, sql })
const refuse = (reason: string): LiteralResult => ({ ok: false, reason })

/**
 * The literal of a typed or copied text for a column. Lance compares only literals of the column's own type, so decimals,
 * halves, zoned and nanosecond timestamps, times and durations are spelled as casts (each form measured against Lance 12).
 */
export function literalFor(field: SchemaField, text: string): LiteralResult {
  const type = literalTypeOf(field)
  return type === null
    ? refuse(`Values of type ${field.type} cannot be compared in a filter.`)
    : literalOfType(type, text)
}

export function literalOfType(type: LiteralType, text: string): LiteralResult {
  switch (type.kind) {
    case 'string':
      return literal(quoteString(text))
    case 'boolean':
      return booleanLiteral(text)
    case 'integer':
      return integerLiteral(type.bits, type.signed, text)
    case 'float':
      return floatLiteral(type.bits, text)
    case 'decimal':
      return decimalLiteral(type, text)
    case 'binary':
      return binaryLiteral(text)
    case 'uuid':
      return uuidLiteral(text)
    case 'date':
      return dateLiteral(type.unit, text)
    case 'time':
      return timeLiteral(type.unit, text)
    case 'timestamp':
      return timestampLiteral(type.unit, type.zone, text)
    case 'duration':
      return /^[+-]?\d{1,19}$/.test(text.trim())
        ? literal(`arrow_cast(${BigInt(text.trim().replace('+', ''))}, 'Duration(${arrowUnit(type.unit)})')`)
        : refuse(`Type a whole number of ${arrowUnit(type.unit).toLowerCase()}s.`)
  }
}

function booleanLiteral(text: string): LiteralResult {
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === 'false') return literal(word)
  return refuse('Type true or false.')
}

function integerLiteral(bits: number, signed: boolean, text: string): LiteralResult {
  const trimmed = text.trim()
  const digits = /^[+-]?\d{1,3}([,_]\d{3})+$/.test(trimmed) ? trimmed.replaceAll(/[,_]/g, '') : trimmed
  if (!/^[+-]?\d{1,40}$/.test(digits)) return refuse('Type a whole number.')
  const value = BigInt(digits.replace('+', ''))
  const low = signed ? -(2n ** BigInt(bits - 1)) : 0n
  const high = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n
  if (value < low || value > high) {
    return refuse(`${value} does not fit ${signed ? '' : 'u'}int${bits}, which holds ${low} to ${high}.`)
  }
  // Lance reads the smallest int64 as a float, because the minus sign is applied after the digits.
  return literal(value === -(2n ** 63n) ? `arrow_cast('${value}', 'Int64')` : String(value))
}

function floatLiteral(bits: 16 | 32 | 64, text: string): LiteralResult {
  const trimmed = text.trim()
  const name = bits === 64 ? 'double' : 'float'
  const wrap = (inner: string): LiteralResult => literal(bits === 16 ? `arrow_cast(${inner}, 'Float16')` : inner)
  const special = /^([+-]?)(nan|inf|infinity|∞)$/i.exec(trimmed)
  if (special !== null) {
    const word = /^nan$/i.test(special[2] ?? '') ? 'NaN' : `${special[1] === '-' ? '-' : ''}inf`
    return wrap(`cast('${word}' as ${name})`)
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return refuse('Type a number.')
  const value = Number(trimmed)
  if (!Number.isFinite(value)) return refuse('This number is larger than any float.')
  return wrap(Object.is(value, -0) ? '-0.0' : String(value))
}

function decimalLiteral(type: LiteralType & { kind: 'decimal' }, text: string): LiteralResult {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim())
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') return refuse('Type a decimal number, such as 12.50.')
  const whole = (match[2] ?? '').replace(/^0+/, '')
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const { precision, scale } = type
  if (fraction.length > Math.max(0, scale)) return refuse(`This column keeps ${scale} digits after the point.`)
  if (whole.length > precision - scale) return refuse(`This column keeps ${precision - scale} digits before the point.`)
  const number = `${match[1] === '-' ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`
  return literal(
    type.bits === 128
      ? `cast('${number}' as decimal(${precision},${scale}))`
      : `arrow_cast('${number}', 'Decimal256(${precision}, ${scale})')`,
  )
}

function binaryLiteral(text: string): LiteralResult {
  const hex = text
    .trim()
    .replace(/^(0x|x')/i, '')
    .replace(/'$/, '')
    .replaceAll(/\s/g, '')
  return /^([0-9a-f]{2})*$/i.test(hex)
    ? literal(`X'${hex.toLowerCase()}'`)
    : refuse('Type the bytes in hexadecimal, such as 00ff.')
}

function uuidLiteral(text: string): LiteralResult {
  const hex = text.trim().replaceAll('-', '')
  return /^[0-9a-f]{32}$/i.test(hex) ? literal(`X'${hex.toLowerCase()}'`) : refuse('Type a UUID.')
}

function dateLiteral(unit: 'day' | 'ms', text: string): LiteralResult {
  const parsed = parseTimestamp(text)
  if (parsed === undefined) return refuse('Type a date, such as 2024-12-31.')
  const { hour, minute, second, fraction } = parsed.time
  const isMidnight = hour + minute + second === 0 && fraction === ''
  if (isMidnight && isCommonYear(parsed.date)) return literal(`date '${formatDate(parsed.date)}'`)
  if (unit === 'day') {
    return isMidnight
      ? literal(`arrow_cast(${daysSinceEpoch(parsed.date)}, 'Date32')`)
      : refuse('This column holds days, without a time.')
  }
  return literal(`arrow_cast(${ticksSinceEpoch(parsed, 'ms')}, 'Date64')`)
}

function timeLiteral(unit: TimeUnit, text: string): LiteralResult {
  const clock = parseClock(text)
  if (clock === undefined) return refuse('Type a time, such as 09:30:00.')
  if (clock.fraction.length > FRACTION_DIGITS[unit]) return refuse(tooFine(unit))
  const width = unit === 's' || unit === 'ms' ? 32 : 64
  return literal(`arrow_cast('${formatClock(clock)}', 'Time${width}(${arrowUnit(unit)})')`)
}

function timestampLiteral(unit: TimeUnit, zone: string | null, text: string): LiteralResult {
  const parsed = parseTimestamp(text)
  if (parsed === undefined) return refuse('Type a date and time, such as 2024-12-31 23:59:59.')
  if (parsed.time.fraction.length > FRACTION_DIGITS[unit]) return refuse(tooFine(unit))
  const type = `Timestamp(${arrowUnit(unit)}, ${zone === null ? 'None' : `Some("${zone}")`})`
  if (!isCommonYear(parsed.date) || (zone === null && parsed.offsetMinutes !== null)) {
    return literal(`arrow_cast(${ticksSinceEpoch(parsed, unit)}, '${type}')`)
  }
  const [date, clock] = [formatDate(parsed.date), formatClock(parsed.time)]
  // SQL timestamps are microseconds without a zone; anything else has to say its type.
  if (zone === null && parsed.time.fraction.length <= 6) return literal(`timestamp '${date} ${clock}'`)
  return literal(`arrow_cast('${date}T${clock}${formatOffset(parsed)}', '${type}')`)
}

/** SQL date texts reach from year 1 to 9999; beyond, the exact number is used. */
function isCommonYear({ year }: CivilDate): boolean {
  return year >= 1 && year <= 9999
}

function formatOffset({ offsetMinutes }: ParsedTimestamp): string {
  if (offsetMinutes === null) return ''
  if (offsetMinutes === 0) return 'Z'
  const minutes = Math.abs(offsetMinutes)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function tooFine(unit: TimeUnit): string {
  return `This column keeps ${arrowUnit(unit).toLowerCase()}s; the time has finer digits.`
}
