import { decimal } from './decimal.ts'

/** Powers of ten a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
/** Digits a double holds whatever they are, leading zeros included, and as many more as are still read exactly. */
const HIGH_DIGITS = 15
const LOW_DIGITS = 7
/** The point, where a digit is looked for. */
const POINT = 46 - 48

export function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13
}

/** Where {@link parseFloatAt} stopped. */
export const parsed = { end: 0 }

/**
 * The number that begins at `start`; NaN when there is none, which `parsed.end === start` tells from a written NaN. Up to
 * 15 digits with a small power are exact by one multiplication or division, up to 22 by {@link decimal}; the others go the
 * long way, by a string.
 */
export function parseFloatAt(bytes: Buffer, start: number, end: number): number {
  let at = start
  const first = bytes[at] as number
  const isNegative = first === 45
  if (isNegative || first === 43) at++
  const digitsStart = at
  let limit = Math.min(end, at + HIGH_DIGITS)
  let high = 0
  let low = 0
  let lowDigits = 0
  let scale = 0
  let pointAt = -1
  for (;;) {
    let digit = 0
    for (; at < limit; at++) {
      digit = (bytes[at] as number) - 48
      if (digit < 0 || digit > 9) break
      high = high * 10 + digit
    }
    if (digit !== POINT || at >= limit || pointAt >= 0) break
    pointAt = at++
    limit = Math.min(end, limit + 1)
  }
  if (at === limit) {
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48
      if (digit >= 0 && digit <= 9) {
        if (lowDigits++ < LOW_DIGITS) low = low * 10 + digit
      } else if (digit === POINT && pointAt < 0) pointAt = at
      else break
    }
  }
  if (at - digitsStart - (pointAt < 0 ? 0 : 1) === 0)
    return parseWord(bytes, start, isNegative || first === 43 ? start + 1 : start, end, isNegative)
  if (pointAt >= 0) scale = at - pointAt - 1
  if (at < end && ((bytes[at] as number) | 32) === 101) {
    let exponentAt = at + 1
    const sign = bytes[exponentAt] as number
    if (sign === 43 || sign === 45) exponentAt++
    let exponent = 0
    const exponentStart = exponentAt
    for (; exponentAt < end; exponentAt++) {
      const digit = (bytes[exponentAt] as number) - 48
      if (digit < 0 || digit > 9) break
      exponent = Math.min(100_000, exponent * 10 + digit)
    }
    if (exponentAt > exponentStart) {
      at = exponentAt
      scale += sign === 45 ? exponent : -exponent
    }
  }
  parsed.end = at
  if (lowDigits === 0 && scale >= -22 && scale <= 22) {
    const value = scale > 0 ? high / (POWERS[scale] as number) : high * (POWERS[-scale] as number)
    return isNegative ? -value : value
  }
  if (lowDigits <= LOW_DIGITS && scale >= 0 && scale <= 22) {
    const value = decimal(high, POWERS[lowDigits] as number, low, POWERS[scale] as number)
    if (value >= 0) return isNegative ? -value : value
  }
  return Number(bytes.toString('latin1', start, at))
}

/** `inf`, `infinity` and `nan` in any case. */
function parseWord(bytes: Buffer, start: number, at: number, end: number, isNegative: boolean): number {
  parsed.end = start
  const first = (bytes[at] as number) | 32
  if (at >= end || (first !== 105 && first !== 110)) return Number.NaN
  const word = bytes.toString('latin1', at, Math.min(end, at + 8)).toLowerCase()
  for (const name of ['infinity', 'inf', 'nan']) {
    if (!word.startsWith(name)) continue
    parsed.end = at + name.length
    if (name === 'nan') return Number.NaN
    return isNegative ? -Infinity : Infinity
  }
  return Number.NaN
}
