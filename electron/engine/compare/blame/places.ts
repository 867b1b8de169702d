import type { ManifestFragment } from '../../format/types.ts'
import type { RewriteGroup } from '../../format/rewrite-groups.ts'
import type { DeletionReader } from '../deletions.ts'

/** Where a row lies: a fragment and the row's number among its physical rows. */
export interface Place {
  readonly fragment: ManifestFragment
  readonly offset: number
}

/** Taken apart from an address. */
export function splitAddress(address: bigint): { readonly fragmentId: number; readonly offset: number } {
  return { fragmentId: Number(address >> 32n), offset: Number(address & 0xffffffffn) }
}

function toAddress(fragmentId: number, offset: number): bigint {
  return (BigInt(fragmentId) << 32n) | BigInt(offset)
}

/** True when both are the same fragment with the same data files: its rows then have the same values. */
export function hasSameData(a: ManifestFragment, b: ManifestFragment): boolean {
  return a.id === b.id && a.files.map(({ path }) => path).join('\n') === b.files.map(({ path }) => path).join('\n')
}

/**
 * Where a row of a compacted fragment lay before: the live rows of a group's old fragments, in order, are the rows of its
 * new ones. Undefined when the record does not add up.
 */
export async function placeBeforeRewrite(
  groups: readonly RewriteGroup[],
  { fragment, offset }: Place,
  former: ReadonlyMap<number, ManifestFragment>,
  readDeletions: DeletionReader,
): Promise<bigint | undefined> {
  const group = groups.find((candidate) => candidate.new.some(({ id }) => id === fragment.id))
  if (group === undefined) return undefined
  let number = offset
  for (const fresh of group.new) {
    if (fresh.id === fragment.id) break
    number += fresh.physicalRows
  }
  for (const { id } of group.old) {
    const old = former.get(id)
    if (old === undefined) return undefined
    const live = old.physicalRows - (old.deletion?.deletedRows ?? 0)
    if (number < live) return toAddress(id, nthLive(number, await readDeletions(old)))
    number -= live
  }
  return undefined
}

/** Offset of the live row of that number; deleted offsets ascend. */
function nthLive(number: number, deleted: Uint32Array): number {
  let offset = number
  for (const gone of deleted) {
    if (gone > offset) break
    offset++
  }
  return offset
}
