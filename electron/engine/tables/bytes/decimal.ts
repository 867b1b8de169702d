/** Splits a double into halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1
/** More than all that rounding may do to the second part of a quotient, relative to it. */
const DOUBT = 2 ** -45

/**
 * `(high * shift + low) / divisor`, rounded once as `Number` does, or -1 where that cannot be told. All are whole: `high`
 * below 2^53, `low` below `shift` ≤ 10^7, `shift` and `divisor` powers of ten a double holds, up to 10^22.
 *
 * The dividend is held in two doubles without an error (Dekker 1971), and so is what the first quotient leaves of it; the
 * second quotient then tells on which side of the middle between two doubles the true one lies, unless it is within the
 * doubt of that middle.
 */
export function decimal(high: number, shift: number, low: number, divisor: number): number {
  const product = high * shift
  const rest = productError(high, shift, product) + low
  const dividend = product + rest
  const dividendLow = rest - (dividend - product)
  const quotient = dividend / divisor
  const back = quotient * divisor
  const left = dividend - back - productError(quotient, divisor, back) + dividendLow
  const second = left / divisor
  const doubt = Math.abs(second) * DOUBT
  const value = quotient + second
  return value === quotient + (second - doubt) && value === quotient + (second + doubt) ? value : -1
}

/** What a rounded product is short of the true one; exact. */
function productError(left: number, right: number, product: number): number {
  const leftBig = left * SPLITTER
  const leftHigh = leftBig - (leftBig - left)
  const leftLow = left - leftHigh
  const rightBig = right * SPLITTER
  const rightHigh = rightBig - (rightBig - right)
  const rightLow = right - rightHigh
  return leftLow * rightLow - (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow)
}
