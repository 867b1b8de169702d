import { openContainer } from './container.ts'
import type { WireReader } from './wire.ts'

/**
 * Ids of the fragments of a manifest file as runs of neighbours: first and last of each, in pairs, ascending. Nothing
 * else of the fragments is read. Throws `corrupt-manifest`.
 */
export function readFragmentIds(file: Uint8Array): Float64Array {
  const manifest = openContainer(file).manifest()
  const ids: number[] = []
  while (manifest.next()) {
    if (manifest.field === 2) ids.push(readId(manifest.message()))
    else manifest.skip()
  }
  return toRuns(isAscending(ids) ? ids : ids.toSorted((a, b) => a - b))
}

/** True when runs as {@link readFragmentIds} gives them hold an id. */
export function hasFragment(runs: Float64Array, id: number): boolean {
  let low = 0
  let high = runs.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((runs[middle * 2] ?? 0) <= id) low = middle + 1
    else high = middle
  }
  return low > 0 && id <= (runs[low * 2 - 1] ?? -1)
}

/** DataFragment.id: the first field as every writer orders them, left out when it is 0. */
function readId(fragment: WireReader): number {
  return fragment.next() && fragment.field === 1 ? fragment.uint() : 0
}

function isAscending(ids: readonly number[]): boolean {
  return ids.every((id, index) => index === 0 || (ids[index - 1] ?? 0) < id)
}

function toRuns(ids: readonly number[]): Float64Array {
  const runs: number[] = []
  for (const id of ids) {
    const last = runs.length - 1
    if (last >= 0 && runs[last] === id - 1) runs[last] = id
    else if (last < 0 || runs[last] !== id) runs.push(id, id)
  }
  return Float64Array.from(runs)
}
