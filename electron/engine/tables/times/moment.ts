/** A point in time as parsers hand it on, reused to spare an object a value. */
export const moment = {
  /** Days since 1970-01-01 of the proleptic Gregorian calendar. */
  days: 0,
  /** Seconds into the day; below zero or above a day after an offset was taken off. */
  seconds: 0,
  /** Microseconds into the second. */
  micros: 0,
  hasTime: false,
}

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The month of the day asked for last: neighbours are mostly of the same, or ask for few. */
const known = { year: -1, month: 0, length: 0, firstDay: 0 }

function findMonth(year: number, month: number): void {
  const before = year - 1
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const inYear = (DAYS_BEFORE[month - 1] as number) + (month > 2 && isLeap(year) ? 1 : 0)
  known.year = year
  known.month = month
  known.length = daysOf(year, month)
  known.firstDay = before * 365 + leaps + inYear - 719_162
}

/** Puts a calendar day into `moment`; false when there is no such day. Years 0 to 9999. */
export function setDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || year > 9999) return false
  if (year !== known.year || month !== known.month) findMonth(year, month)
  if (day < 1 || day > known.length) return false
  moment.days = known.firstDay + day - 1
  moment.seconds = 0
  moment.micros = 0
  moment.hasTime = false
  return true
}

/** Puts a time of day into `moment`; false when there is none such. 24:00:00 is the next midnight. */
export function setTime(hour: number, minute: number, second: number, micros: number): boolean {
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second + micros > 0)) return false
  moment.seconds = hour * 3600 + minute * 60 + second
  moment.micros = micros
  moment.hasTime = true
  return true
}
