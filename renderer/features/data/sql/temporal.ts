import type { TimeUnit } from './literal-type.ts'

/** Digits after the decimal point of a second. */
export const FRACTION_DIGITS: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 }

export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

export interface ClockTime {
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Fraction digits as typed, without trailing zeros. */
  readonly fraction: string
}

export interface ParsedTimestamp {
  readonly date: CivilDate
  readonly time: ClockTime
  /** Minutes east of UTC; null when the text names no offset. */
  readonly offsetMinutes: number | null
}

const DATE = /^([+-]?\d{4,6})-(\d{2})-(\d{2})$/
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/
const TIMESTAMP = /^([+-]?\d{4,6}-\d{2}-\d{2})(?:[ T]([\d:.]+?))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/** `2024-02-29`; undefined when the text is no real calendar day. */
function parseDate(text: string): CivilDate | undefined {
  const match = DATE.exec(text.trim())
  if (match === null) return undefined
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const isReal = date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date.year, date.month)
  return isReal ? date : undefined
}

/** `9:05`, `09:05:01`, `09:05:01.000001`. */
export function parseClock(text: string): ClockTime | undefined {
  const match = TIME.exec(text.trim())
  if (match === null) return undefined
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return { hour, minute, second, fraction: (match[4] ?? '').replace(/0+$/, '') }
}

/** `2024-01-02`, `2024-01-02 03:04:05.678`, with `Z` or `+02:00` at will. */
export function parseTimestamp(text: string): ParsedTimestamp | undefined {
  const match = TIMESTAMP.exec(text.trim())
  if (match?.[1] === undefined) return undefined
  const date = parseDate(match[1])
  const time = parseClock(match[2] ?? '00:00')
  return date === undefined || time === undefined ? undefined : { date, time, offsetMinutes: parseOffset(match[3]) }
}

function parseOffset(text: string | undefined): number | null {
  if (text === undefined) return null
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text)
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant's `days_from_civil`). */
export function daysSinceEpoch({ year, month, day }: CivilDate): bigint {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return BigInt(era * 146_097 + dayOfEra - 719_468)
}

/** Exact ticks since 1970 in UTC; digits finer than the unit must have been refused before. */
export function ticksSinceEpoch({ date, time, offsetMinutes }: ParsedTimestamp, unit: TimeUnit): bigint {
  const seconds =
    daysSinceEpoch(date) * 86_400n + BigInt(time.hour * 3600 + (time.minute - (offsetMinutes ?? 0)) * 60 + time.second)
  const digits = FRACTION_DIGITS[unit]
  return seconds * 10n ** BigInt(digits) + BigInt(time.fraction.padEnd(digits, '0').slice(0, digits) || '0')
}

export function formatDate({ year, month, day }: CivilDate): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

export function formatClock({ hour, minute, second, fraction }: ClockTime): string {
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}`
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
