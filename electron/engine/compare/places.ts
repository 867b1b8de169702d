import type { Side } from './side.ts'

/** Where a row id lies among all rows of its side, as a share from 0 to below 1; ascends with the id. */
export type Placer = (low: number, high: number) => number

/**
 * Row ids are addresses (fragment in the upper half, offset in the lower) unless they are stable; those are handed out
 * in order. Only needed to split rows evenly, so an id that is not there may be placed anywhere in between.
 */
export function createPlacer({ manifest, hasStableRowIds }: Side): Placer {
  if (hasStableRowIds) {
    const ids = Math.max(1, Number(manifest.nextRowId ?? 1n))
    return (low, high) => clip(((high >>> 0) * 2 ** 32 + (low >>> 0)) / ids)
  }
  const starts = new Map<number, number>()
  let rows = 0
  for (const fragment of manifest.fragments) {
    starts.set(fragment.id, rows)
    rows += fragment.physicalRows
  }
  return (low, high) => clip(((starts.get(high >>> 0) ?? 0) + (low >>> 0)) / Math.max(1, rows))
}

const LARGEST = 1 - 2 ** -32

function clip(share: number): number {
  return Math.min(share, LARGEST)
}
