import { AppError } from '#shared/errors.ts'
import { decodeDeletionVector } from '../format/deletion-vector.ts'
import { deletionFileName } from '../format/names.ts'
import type { ManifestFragment } from '../format/types.ts'
import { createLocator } from '../fragments/index.ts'
import type { Side } from './side.ts'

const MAX_FILE_BYTES = 256 * 1024 * 1024

/** Offsets of the deleted rows of a fragment, ascending. */
export type DeletionReader = (fragment: ManifestFragment) => Promise<Uint32Array>

/** Reads deletion files of a side, each anew; throws where one lies in another dataset that is no folder of this machine. */
export function createDeletionReader({ dataset, manifest, at }: Side): DeletionReader {
  const locate = createLocator(dataset, manifest, at)
  return async (fragment) => {
    const { deletion, physicalRows } = fragment
    if (deletion === undefined) return new Uint32Array(0)
    const place = locate('_deletions', deletionFileName(fragment.id, deletion), deletion.baseId)
    if (place.kind === 'elsewhere') throw new AppError(place.problem)
    return decodeDeletionVector(await place.store.read(place.path, MAX_FILE_BYTES), deletion.type, physicalRows)
  }
}

/**
 * Rows of a fragment live under the deletions `mine` and deleted under `theirs`, as their number among the rows live
 * under `mine`. Both lists ascend.
 */
export function rowsOnlyMine(mine: Uint32Array, theirs: Uint32Array): Float64Array {
  const positions = new Float64Array(theirs.length)
  let count = 0
  let before = 0
  for (const offset of theirs) {
    while (before < mine.length && (mine[before] as number) < offset) before++
    if (mine[before] === offset) continue
    positions[count++] = offset - before
  }
  return positions.subarray(0, count)
}
