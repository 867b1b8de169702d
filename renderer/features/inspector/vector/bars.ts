/** Outline of a bar strip in a box of `width` × 1 units around a middle line at 0.5. */
export interface BarPaths {
  /** SVG path data of the bars above the line. */
  readonly positive: string
  /** SVG path data of the bars below the line. */
  readonly negative: string
  /** Bars drawn, the width of the box. */
  readonly width: number
}

const BARS_MAX = 256

/**
 * Bars scaled to the largest magnitude. Longer vectors are gathered into at most {@link BARS_MAX} bars, each showing the
 * value of largest magnitude among those it stands for, so that outliers are never hidden. NaN draws nothing.
 */
export function barPaths(values: ArrayLike<number>): BarPaths {
  const bars = gather(values)
  const scale = bars.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  const draw = (value: number, index: number): string => {
    const height = scale === 0 ? 0 : (Math.abs(value) / scale) * 0.48
    const top = value > 0 ? 0.5 - height : 0.5
    return `M${index} ${round(top)}h0.8v${round(height)}h-0.8z`
  }
  const pick = (keep: (value: number) => boolean): string =>
    bars.map((value, index) => (keep(value) ? draw(value, index) : '')).join('')
  return { positive: pick((value) => value > 0), negative: pick((value) => value < 0), width: bars.length }
}

function gather(values: ArrayLike<number>): readonly number[] {
  const count = Math.min(values.length, BARS_MAX)
  return Array.from({ length: count }, (_, bar) => {
    const start = Math.floor((bar * values.length) / count)
    const end = Math.floor(((bar + 1) * values.length) / count)
    let strongest = 0
    for (let index = start; index < end; index++) {
      const value = values[index] ?? 0
      if (Number.isFinite(value) && Math.abs(value) > Math.abs(strongest)) strongest = value
    }
    return strongest
  })
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
