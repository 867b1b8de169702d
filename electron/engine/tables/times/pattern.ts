import { fraction, parseFraction, parseOffset } from './iso.ts'
import { setDay, setTime } from './moment.ts'

/** Reads a value into `moment`; false when it is not one. */
export type TimeParser = (bytes: Uint8Array, start: number, end: number) => boolean

/** Letters of a pattern, as Unicode dates have them; one letter takes one or two digits, `MMM` English names. */
const TOKEN = /yyyy|yy|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|S+|a|X+|[^a-zA-Z]|'[^']*'/g
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Compiles `dd.MM.yyyy HH:mm:ss` and its like; undefined when it is no pattern or names no day. */
export function compilePattern(pattern: string): TimeParser | undefined {
  const tokens = pattern.match(TOKEN) ?? []
  if (tokens.join('') !== pattern) return undefined
  const has = (letter: string): boolean => tokens.some((token) => token.startsWith(letter))
  if (!has('y') || !has('M') || !has('d')) return undefined
  const hasTime = has('H') || has('h')
  return (bytes, start, end) => {
    let at = start
    let [year, month, day, hour, minute, second, micros] = [0, 0, 0, 0, 0, 0, 0]
    let isAfternoon: boolean | undefined
    let offsetAt = -1
    for (const token of tokens) {
      const letter = token[0] as string
      if (letter === 'S') {
        parseFraction(bytes, at, end)
        if (fraction.end === at) return false
        micros = fraction.micros
        at = fraction.end
      } else if (letter === 'X') {
        offsetAt = at
        at = end
      } else if (letter === 'a') {
        const half = String.fromCharCode((bytes[at] as number) | 32, (bytes[at + 1] as number) | 32)
        if ((half !== 'am' && half !== 'pm') || at + 2 > end) return false
        isAfternoon = half === 'pm'
        at += 2
      } else if (token === 'MMM') {
        const name = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 3))).toLowerCase()
        month = MONTHS.indexOf(name) + 1
        if (month === 0) return false
        at += 3
      } else if (/[yMdHhms]/.test(letter) && token.length <= 4) {
        const most = token.length === 1 ? 2 : token.length
        const from = at
        let value = 0
        for (; at < end && at - from < most; at++) {
          const digit = (bytes[at] as number) - 48
          if (digit < 0 || digit > 9) break
          value = value * 10 + digit
        }
        if (at - from < token.length) return false
        if (token === 'yy') year = value + (value < 70 ? 2000 : 1900)
        else if (letter === 'y') year = value
        else if (letter === 'M') month = value
        else if (letter === 'd') day = value
        else if (letter === 'H' || letter === 'h') hour = value
        else if (letter === 'm') minute = value
        else second = value
      } else {
        for (const byte of Buffer.from(letter === "'" ? token.slice(1, -1) : token)) {
          if (at >= end || bytes[at] !== byte) return false
          at++
        }
      }
    }
    if (isAfternoon !== undefined) {
      if (hour < 1 || hour > 12) return false
      hour = (hour % 12) + (isAfternoon ? 12 : 0)
    }
    if (at !== end || !setDay(year, month, day)) return false
    if (hasTime && !setTime(hour, minute, second, micros)) return false
    return offsetAt === -1 || parseOffset(bytes, offsetAt, end)
  }
}
