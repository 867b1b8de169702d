import type { TimeUnitName } from './value.ts'

const UNITS_PER_SECOND: Readonly<Record<TimeUnitName, bigint>> = {
  s: 1n,
  ms: 1000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
}
const FRACTION_DIGITS: Readonly<Record<TimeUnitName, number>> = { s: 0, ms: 3, us: 6, ns: 9 }
const SECONDS_PER_DAY = 86_400n

/** Days since 1970-01-01 as an ISO date. Years outside 0-9999 carry a sign and at least six digits. */
export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${formatYear(year)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** Units since the epoch as `YYYY-MM-DDThh:mm:ss[.fraction]`, without a zone mark. Exact for every int64. */
export function formatDateTime(epoch: bigint, unit: TimeUnitName): string {
  const perDay = SECONDS_PER_DAY * UNITS_PER_SECOND[unit]
  const days = floorDivide(epoch, perDay)
  return `${formatDate(Number(days))}T${formatTime(epoch - days * perDay, unit)}`
}

/** Units since midnight as `hh:mm:ss[.fraction]`; the fraction has 0, 3, 6 or 9 digits, as few as keep it exact. */
export function formatTime(sinceMidnight: bigint, unit: TimeUnitName): string {
  const perSecond = UNITS_PER_SECOND[unit]
  const seconds = Number(sinceMidnight / perSecond)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2))
  return `${clock.join(':')}${formatFraction(sinceMidnight % perSecond, unit)}`
}

/** ISO 8601 duration in seconds, exact: `PT93784.5S`, `-PT1S`. */
export function formatIsoDuration(count: bigint, unit: TimeUnitName): string {
  const { sign, whole, fraction } = splitSeconds(count, unit)
  return `${sign}PT${whole}${fraction}S`
}

/** A duration for people: `1d 02:03:04.500`. */
export function formatDuration(count: bigint, unit: TimeUnitName): string {
  const { sign, whole, fraction } = splitSeconds(count, unit)
  const days = whole / SECONDS_PER_DAY
  const clock = formatTime(whole % SECONDS_PER_DAY, 's')
  return `${sign}${days === 0n ? '' : `${days}d `}${clock}${fraction}`
}

function splitSeconds(count: bigint, unit: TimeUnitName) {
  const size = count < 0n ? -count : count
  const perSecond = UNITS_PER_SECOND[unit]
  return {
    sign: count < 0n ? '-' : '',
    whole: size / perSecond,
    fraction: formatFraction(size % perSecond, unit),
  }
}

function formatFraction(rest: bigint, unit: TimeUnitName): string {
  if (rest === 0n) return ''
  const digits = rest.toString().padStart(FRACTION_DIGITS[unit], '0')
  return `.${digits.replace(/(000)+$/, '')}`
}

/** Howard Hinnant's proleptic Gregorian algorithm (`civil_from_days`); exact far beyond the range of Date. */
function civilFromDays(days: number) {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

function formatYear(year: number): string {
  if (year >= 0 && year <= 9999) return pad(year, 4)
  return `${year < 0 ? '-' : '+'}${pad(Math.abs(year), 6)}`
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
