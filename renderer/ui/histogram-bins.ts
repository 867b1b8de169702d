/** Values from `from` up to, but not including, `to`; the last bin includes its end. */
export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Equal steps, or equal ratios for sizes that span orders of magnitude. */
export type HistogramScale = 'linear' | 'log'

/** At most `most` bins over all values, none for no values. Values below 1 fall into the first bin of a log scale. */
export function toBins(values: readonly number[], scale: HistogramScale, most: number): readonly HistogramBin[] {
  if (values.length === 0) return []
  const [lowest, highest] = extentOf(values)
  const edges = scale === 'log' ? logEdges(lowest, highest, most) : linearEdges(lowest, highest, most)
  const counts = edges.slice(1).fill(0)
  for (const value of values) {
    const index = binOf(edges, value)
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts.map((count, index) => ({ from: edges[index] ?? 0, to: edges[index + 1] ?? 0, count }))
}

/** A log scale pays off once the largest is this many times the smallest. */
const WORTH_LOG = 100

/** The scale that spreads the values better. */
export function fittingScale(values: readonly number[]): HistogramScale {
  if (values.length === 0) return 'linear'
  const [lowest, highest] = extentOf(values)
  return highest / Math.max(1, lowest) >= WORTH_LOG ? 'log' : 'linear'
}

/** Where a value lies among the bins, 0 to 1; undefined outside of them. */
export function placeInBins(bins: readonly HistogramBin[], value: number): number | undefined {
  const index = bins.findIndex((bin, i) => value >= bin.from && (value < bin.to || i === bins.length - 1))
  const bin = bins[index]
  if (bin === undefined || value > bin.to) return undefined
  const inside = bin.to === bin.from ? 0.5 : (value - bin.from) / (bin.to - bin.from)
  return (index + inside) / bins.length
}

function extentOf(values: readonly number[]): readonly [lowest: number, highest: number] {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  return [lowest, highest]
}

/** Steps of 1, 2 or 5 times a power of ten, so that edges are figures a person would choose. */
function linearEdges(lowest: number, highest: number, most: number): readonly number[] {
  if (lowest === highest) return [lowest, highest]
  const rough = (highest - lowest) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  // Counts and bytes are whole: half a row is no edge.
  const step = Math.max(1, factor * power)
  const first = Math.floor(lowest / step)
  const last = Math.max(first + 1, Math.ceil(highest / step))
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

/** 1, 2, 5 per power of ten while that fits, then powers of ten. */
function logEdges(lowest: number, highest: number, most: number): readonly number[] {
  const fine = stepsBetween(lowest, highest, [1, 2, 5])
  return fine.length - 1 <= most ? fine : stepsBetween(lowest, highest, [1])
}

function stepsBetween(lowest: number, highest: number, factors: readonly number[]): readonly number[] {
  const from = Math.floor(Math.log10(Math.max(1, lowest)))
  const to = Math.ceil(Math.log10(Math.max(1, highest))) + 1
  const all = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)).flatMap((power) =>
    factors.map((factor) => factor * power),
  )
  const first = all.findLastIndex((edge) => edge <= Math.max(1, lowest))
  const last = all.findIndex((edge, index) => edge >= highest && index > first)
  const edges = all.slice(Math.max(0, first), last + 1)
  return lowest < 1 ? [0, ...edges] : edges
}

function binOf(edges: readonly number[], value: number): number {
  let low = 0
  let high = edges.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((edges[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
