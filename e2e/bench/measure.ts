/** Value below which the given share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const median = (samples: readonly number[]): number => percentile(samples, 0.5)

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

/** One line of the bench's output: a figure beside the bare engine's in the same run. */
export function report(what: string, figure: readonly number[], bare: readonly number[], goal: string): void {
  const [ours, theirs] = [median(figure), median(bare)]
  console.log(
    `${what}: median ${ms(ours)} (p95 ${ms(percentile(figure, 0.95))}) · bare engine ${ms(theirs)} · ratio ${(ours / theirs).toFixed(2)} · difference ${ms(ours - theirs)} · goal ${goal}`,
  )
}

/** One line for a figure that has no bare counterpart. */
export function reportAlone(what: string, samples: readonly number[], goal: string): void {
  console.log(`${what}: median ${ms(median(samples))} (worst ${ms(Math.max(...samples))}) · goal ${goal}`)
}

/** Deterministic offsets, so that two runs compare. */
export function randomOffsets(count: number, below: number): number[] {
  let seed = 1
  return Array.from({ length: count }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return Math.floor((seed / 2_147_483_647) * below)
  })
}
