import type { MetadataTree } from '#shared/model/metadata.ts'
import { decodeDeletionVector } from '../deletion-vector.ts'

const MAX_RUNS = 1000

/** The deleted rows of a deletion file as runs of neighbours. Throws `corrupt-data`. */
export function describeDeletions(bytes: Uint8Array, type: 'arrow' | 'bitmap'): MetadataTree {
  const offsets = decodeDeletionVector(bytes, type)
  const runs: [number, number][] = []
  for (const offset of offsets) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === offset - 1) last[1] = offset
    else if (runs.push([offset, offset]) > MAX_RUNS) break
  }
  const shown = runs.slice(0, MAX_RUNS).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
  return {
    stored_as: type === 'arrow' ? 'Arrow list of row offsets' : 'Roaring bitmap of row offsets',
    deleted_rows: offsets.length,
    row_offsets: runs.length > MAX_RUNS ? [...shown, '… more left out'] : shown,
  }
}
