/** What the inspector says about a vector. NaN elements are counted and left out of the figures. */
export interface VectorSummary {
  readonly dimension: number
  /** Euclidean length. */
  readonly norm: number
  /** Null when no element is a number. */
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  readonly nanCount: number
}

/** One pass over the values. */
export function summarizeVector(values: ArrayLike<number>): VectorSummary {
  let squares = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  let nanCount = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN
    if (Number.isNaN(value)) {
      nanCount++
      continue
    }
    squares += value * value
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  const counted = values.length - nanCount
  return {
    dimension: values.length,
    norm: Math.sqrt(squares),
    min: counted === 0 ? null : min,
    max: counted === 0 ? null : max,
    mean: counted === 0 ? null : sum / counted,
    nanCount,
  }
}

/** Largest absolute finite value, the scale of a heat strip; 0 for none. */
export function maxMagnitude(values: ArrayLike<number>): number {
  let largest = 0
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index] ?? 0)
    if (size > largest && size < Infinity) largest = size
  }
  return largest
}
