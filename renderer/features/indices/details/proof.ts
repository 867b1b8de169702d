import { formatShortDuration } from '#shared/model/format.ts'
import type { QueryProof } from '#shared/model/index-entry.ts'

/** Times closer than this are the same: one query, on a busy machine. */
const SAME = 1.2

/** What the two runs say, without making more of them than they are. */
export function proofSentence({ beforeMs, afterMs }: Pick<QueryProof, 'beforeMs' | 'afterMs'>): string {
  const times = `${formatShortDuration(beforeMs)} before, ${formatShortDuration(afterMs)} after`
  if (beforeMs <= 0 || afterMs <= 0) return `${times}.`
  const factor = beforeMs / afterMs
  if (factor >= SAME) return `${times}: ${factor.toFixed(1)}× as fast.`
  if (factor <= 1 / SAME) return `${times}: slower. With so few rows, reading all of them can be faster.`
  return `${times}: about the same.`
}
