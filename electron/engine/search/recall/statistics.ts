import { createRandom } from './random.ts'

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value below which a share of them lies (0.5 = median), between neighbours in proportion. NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

/** Draws of the bootstrap, fewer for many values: all points of a sweep together must not take longer than the queries. */
const MAX_DRAWS = 1000
const MIN_DRAWS = 200
const MAX_PICKS = 1_000_000

/** 95 % confidence interval of the mean: percentiles of the means of samples drawn with replacement. */
export function bootstrapInterval(
  values: readonly number[],
  seed: number,
): { readonly lower: number; readonly upper: number } {
  const random = createRandom(seed)
  const draws = Math.max(MIN_DRAWS, Math.min(MAX_DRAWS, Math.floor(MAX_PICKS / values.length)))
  const means = Array.from({ length: draws }, () => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0
    return sum / values.length
  })
  return { lower: quantile(means, 0.025), upper: quantile(means, 0.975) }
}
