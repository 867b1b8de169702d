import type { FloatPrecision } from './value.ts'

const words = new Uint32Array(1)
const singles = new Float32Array(words.buffer)

/** Decodes IEEE 754 half-precision bits. */
export function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}

/** Decodes bfloat16 bits: the upper half of a float32. */
export function bfloat16FromBits(bits: number): number {
  words[0] = bits << 16
  return singles[0] ?? NaN
}

/**
 * Shortest decimal text that reads back to the same value in its own precision: float32 0.1 is `0.1`, not
 * `0.10000000149011612`. Negative zero, NaN and infinities keep their names.
 */
export function formatFloat(value: number, precision: FloatPrecision): string {
  if (Object.is(value, -0)) return '-0'
  if (!Number.isFinite(value) || precision === 'float64') return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const [fewest, most] = SIGNIFICANT_DIGITS[precision]
  for (let digits = fewest; digits < most; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (roundTo(Number(text), precision) === value) return text
  }
  return String(Number(value.toPrecision(most)))
}

/** Digits that may suffice and digits that always suffice to tell neighbours apart. */
const SIGNIFICANT_DIGITS = { float16: [1, 5], bfloat16: [1, 4], float32: [6, 9] } as const

function roundTo(value: number, precision: Exclude<FloatPrecision, 'float64'>): number {
  switch (precision) {
    case 'float32':
      return Math.fround(value)
    case 'bfloat16':
      return roundMantissa(value, 8, -126)
    case 'float16':
      return roundMantissa(value, 11, -14)
  }
}

/** Rounds half to even to `bits` of mantissa; below the smallest normal exponent the step stays constant. */
function roundMantissa(value: number, bits: number, smallestExponent: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), smallestExponent)
  const step = 2 ** (exponent - bits + 1)
  const scaled = value / step
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
  return (up ? floor + 1 : floor) * step
}
