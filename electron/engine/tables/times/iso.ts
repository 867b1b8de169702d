import { moment, setDay, setTime } from './moment.ts'

/** The number two digits at `at` are, or -1. */
function twoDigits(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 > end) return -1
  const tens = (bytes[at] as number) - 48
  const ones = (bytes[at + 1] as number) - 48
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones
}

/** How many microseconds the digits behind a point are; `fraction.end` is where they stop. */
export const fraction = { micros: 0, end: 0 }

export function parseFraction(bytes: Uint8Array, start: number, end: number): void {
  let at = start
  let micros = 0
  let digits = 0
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) break
    if (digits++ < 6) micros = micros * 10 + digit
  }
  for (let place = digits; place < 6; place++) micros *= 10
  fraction.micros = micros
  fraction.end = at
}

/**
 * Reads `yyyy-MM-dd`, with `T` or a space and `HH:mm[:ss[.f]]` behind it and an offset behind that, into `moment`, which
 * then is UTC. False when it is anything else.
 */
export function parseIso(bytes: Uint8Array, start: number, end: number): boolean {
  return parseSeconds(bytes, start, end) || parseAnyIso(bytes, start, end)
}

/** `yyyy-MM-ddTHH:mm:ss`, alone or with `Z`, as machines write it; the long way round reads it alike. */
function parseSeconds(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length !== 20 && length !== 19) return false
  if (length === 20 && bytes[start + 19] !== 90) return false
  if (bytes[start + 4] !== 45 || bytes[start + 7] !== 45 || bytes[start + 10] !== 84) return false
  if (bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return false
  const century = pair(bytes, start)
  const decade = pair(bytes, start + 2)
  const month = pair(bytes, start + 5)
  const day = pair(bytes, start + 8)
  const hour = pair(bytes, start + 11)
  const minute = pair(bytes, start + 14)
  const second = pair(bytes, start + 17)
  if ((century | decade | month | day | hour | minute | second) < 0) return false
  return setDay(century * 100 + decade, month, day) && setTime(hour, minute, second, 0)
}

function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48
  const ones = (bytes[at + 1] as number) - 48
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones
}

function parseAnyIso(bytes: Uint8Array, start: number, end: number): boolean {
  const century = twoDigits(bytes, start, end)
  const decade = twoDigits(bytes, start + 2, end)
  if (bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return false
  const month = twoDigits(bytes, start + 5, end)
  const day = twoDigits(bytes, start + 8, end)
  if (century < 0 || decade < 0 || !setDay(century * 100 + decade, month, day)) return false
  let at = start + 10
  if (at === end) return true
  const separator = bytes[at]
  if (separator !== 84 && separator !== 32 && separator !== 116) return false
  const hour = twoDigits(bytes, at + 1, end)
  const minute = twoDigits(bytes, at + 4, end)
  if (bytes[at + 3] !== 58 || hour < 0 || minute < 0) return false
  at += 6
  let second = 0
  let micros = 0
  if (at < end && bytes[at] === 58) {
    second = twoDigits(bytes, at + 1, end)
    if (second < 0) return false
    at += 3
    if (at < end && (bytes[at] === 46 || bytes[at] === 44)) {
      parseFraction(bytes, at + 1, end)
      if (fraction.end === at + 1) return false
      micros = fraction.micros
      at = fraction.end
    }
  }
  return setTime(hour, minute, second, micros) && parseOffset(bytes, at, end)
}

/** Takes `Z`, `+02`, `+0200` or `+02:00` off `moment`; nothing is fine too. */
export function parseOffset(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  if (at < end && bytes[at] === 32) at++
  if (at === end) return at === start
  if ((bytes[at] === 90 || bytes[at] === 122) && at + 1 === end) return true
  const sign = bytes[at] === 43 ? 1 : bytes[at] === 45 ? -1 : 0
  const hours = twoDigits(bytes, at + 1, end)
  if (sign === 0 || hours < 0 || hours > 18) return false
  at += 3
  if (at < end && bytes[at] === 58) at++
  const minutes = at === end ? 0 : twoDigits(bytes, at, end)
  if (minutes < 0 || minutes > 59 || (at !== end && at + 2 !== end)) return false
  moment.seconds -= sign * (hours * 3600 + minutes * 60)
  return true
}
