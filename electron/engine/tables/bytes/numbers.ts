/** Powers of ten a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const MAX_EXACT = 2 ** 53

export function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13
}

/** Where {@link parseFloatAt} stopped. */
export const parsed = { end: 0 }

/**
 * The number that begins at `start`; NaN when there is none, which `parsed.end === start` tells from a written NaN. At
 * most 15 to 16 digits and small powers are exact by one multiplication or division; the others go the long way.
 */
export function parseFloatAt(bytes: Buffer, start: number, end: number): number {
  let at = start
  const first = bytes[at] as number
  const isNegative = first === 45
  if (isNegative || first === 43) at++
  let mantissa = 0
  let digits = 0
  let scale = 0
  let isExact = true
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) break
    mantissa = mantissa * 10 + digit
    digits++
  }
  if (at < end && bytes[at] === 46) {
    at++
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48
      if (digit < 0 || digit > 9) break
      mantissa = mantissa * 10 + digit
      digits++
      scale++
    }
  }
  if (digits === 0) return parseWord(bytes, start, isNegative || first === 43 ? start + 1 : start, end, isNegative)
  if (mantissa >= MAX_EXACT) isExact = false
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
  if (isExact && scale >= -22 && scale <= 22) {
    const value = scale > 0 ? mantissa / (POWERS[scale] as number) : mantissa * (POWERS[-scale] as number)
    return isNegative ? -value : value
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
