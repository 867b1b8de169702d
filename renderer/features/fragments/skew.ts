import { SMALL_ROWS, TARGET_ROWS } from './lance-sizes.ts'

/** How unequal sizes are. All 0 for no sizes. */
export interface Skew {
  readonly count: number
  readonly min: number
  readonly median: number
  readonly p95: number
  readonly max: number
  /** Gini coefficient: 0 when all are alike, towards 1 when one has everything. */
  readonly gini: number
}

export function toSkew(sizes: readonly number[]): Skew {
  const sorted = Float64Array.from(sizes).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  let sum = 0
  let ranked = 0
  sorted.forEach((size, index) => {
    sum += size
    ranked += (index + 1) * size
  })
  const count = sorted.length
  const gini = sum === 0 ? 0 : (2 * ranked) / (count * sum) - (count + 1) / count
  return { count, min: at(0), median: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0, gini }
}

/** What a Gini coefficient means for fragments, without the word. */
export function skewWords({ count, gini }: Skew): string {
  if (count < 2) return 'a single fragment'
  if (gini < 0.1) return 'all much alike'
  if (gini < 0.35) return 'fairly even'
  if (gini < 0.6) return 'uneven: some are much larger than most'
  return 'very uneven: a part of them holds nearly everything'
}

export interface SizeCounts {
  /** Fewer physical rows than LanceDB calls small. */
  readonly small: number
  /** Fewer than compaction aims at. */
  readonly belowTarget: number
}

export function countSizes(physicalRows: readonly number[]): SizeCounts {
  return {
    small: physicalRows.filter((rows) => rows < SMALL_ROWS).length,
    belowTarget: physicalRows.filter((rows) => rows < TARGET_ROWS).length,
  }
}
