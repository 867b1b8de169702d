import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { IndexPartitions } from '#shared/model/index-entry.ts'

/** How evenly rows are spread over partitions. */
export interface Balance {
  readonly partitions: number
  readonly rows: number
  readonly empty: number
  readonly min: number
  readonly median: number
  readonly max: number
  /** Largest partition over the mean; 1 = even. Null without rows. */
  readonly skew: number | null
}

/** Null when there are no partitions. */
export function balanceOf(sizes: readonly number[]): Balance | null {
  if (sizes.length === 0) return null
  const sorted = sizes.toSorted((a, b) => a - b)
  const rows = sizes.reduce((sum, size) => sum + size, 0)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
  const max = sorted.at(-1) ?? 0
  return {
    partitions: sizes.length,
    rows,
    empty: sorted.filter((size) => size === 0).length,
    min: sorted[0] ?? 0,
    median,
    max,
    skew: rows === 0 ? null : max / (rows / sizes.length),
  }
}

/** The figures in one line. */
export function balanceText({ partitions, rows, empty, min, median, max, skew }: Balance): string {
  return [
    `${formatNoun(rows, 'row')} in ${formatNoun(partitions, 'partition')}`,
    `smallest ${formatCount(min)}, median ${formatCount(median)}, largest ${formatCount(max)}`,
    empty === 0 ? 'none empty' : `${formatCount(empty)} empty`,
    skew === null ? '' : `the largest is ${skew.toFixed(1)}× the mean`,
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** What the balance means for searches; undefined when it is as it should be. */
export function balanceAdvice({ partitions, empty, skew }: Balance): string | undefined {
  if (skew !== null && skew > 4) {
    return 'A search that looks into the largest partition reads far more than others. More partitions, or training anew after much was added, spread the rows.'
  }
  if (empty * 4 > partitions) return 'Many partitions are empty: fewer would do.'
  return undefined
}

/** Partitions of every segment that could be read, one size after another. */
export function sizesOf({ segments }: IndexPartitions): readonly number[] {
  return segments.flatMap(({ sizes }) => sizes ?? [])
}
