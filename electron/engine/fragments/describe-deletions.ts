import type { DeletionVector } from '#shared/model/fragment-details.ts'
import { AppError, toErrorValue } from '#shared/errors.ts'
import { decodeDeletionVector, toDeletionBitmap } from '../format/deletion-vector.ts'
import { deletionFileName } from '../format/names.ts'
import type { ManifestFragment } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { Locator } from './locate.ts'
import { asMissing } from './read-data-file.ts'

/** A bitmap of more rows than this (16 MB) says nothing a person could see. */
const MAX_BITMAP_ROWS = 128 * 1024 * 1024
const MAX_FILE_BYTES = 64 * 1024 * 1024

/** The deleted rows of a fragment, one bit a row; absent when none is deleted. */
export async function describeDeletions(
  fragment: ManifestFragment,
  locate: Locator,
  count: (store: ObjectStore) => ObjectStore,
): Promise<DeletionVector | undefined> {
  const { deletion, physicalRows } = fragment
  if (deletion === undefined) return undefined
  const place = locate('_deletions', deletionFileName(fragment.id, deletion), deletion.baseId)
  const known = { path: place.shown, type: deletion.type, deletedRows: deletion.deletedRows }
  if (place.kind === 'elsewhere') return { ...known, fileBytes: null, problem: place.problem }
  let fileBytes: number | null = null
  try {
    if (physicalRows > MAX_BITMAP_ROWS) throw tooManyRows(physicalRows)
    const file = await count(place.store).read(place.path, MAX_FILE_BYTES)
    fileBytes = file.length
    const offsets = decodeDeletionVector(file, deletion.type, physicalRows)
    return { ...known, deletedRows: offsets.length, fileBytes, bitmap: toDeletionBitmap(offsets, physicalRows) }
  } catch (error) {
    return { ...known, fileBytes, problem: toErrorValue(asMissing(error, place.shown)) }
  }
}

function tooManyRows(rows: number): AppError {
  return new AppError({ code: 'too-large', message: `The fragment has ${rows} rows, too many to draw each.` })
}
