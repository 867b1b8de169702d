import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'
import { isAddressable } from '../lance/index.ts'

/** Why LanceDB 0.39 cannot read a top-level column while it reads the others; undefined when it can. */
export function whyUnreadable(manifest: Manifest, field: SchemaField): string | undefined {
  if (!isAddressable(field.name)) return 'it does not accept backticks in column names'
  // Lance 12 panics on blob columns of the first file format.
  if (field.kind === 'blob' && isLegacy(manifest)) return 'it does not read blobs in files of the legacy format 0.1'
  return undefined
}

const legacyByManifest = new WeakMap<Manifest, boolean>()

function isLegacy(manifest: Manifest): boolean {
  const known = legacyByManifest.get(manifest)
  if (known !== undefined) return known
  const isOld = manifest.fragments.some(({ files }) => files.some(({ formatVersion }) => formatVersion === '0.1'))
  legacyByManifest.set(manifest, isOld)
  return isOld
}

/** Refuses datasets no row of which LanceDB 0.39 can read, whichever columns are asked for. */
export function checkReadable(manifest: Manifest): void {
  const column = manifest.schema.find(hasOffsetZone)
  if (column === undefined) return
  throw new AppError({
    code: 'unsupported-format',
    message: `LanceDB cannot read rows of a dataset with times in a zone written as an offset, as the column "${column.name}" has them.`,
    hint: 'Its versions, fragments and schema can still be looked at. Zones with a name, such as UTC, can be read.',
    detail: { column: column.name, type: column.type },
  })
}

/** Lance 12 takes a type apart at every colon and panics on the one in `timestamp:us:+05:30`. */
function hasOffsetZone(field: SchemaField): boolean {
  return /timestamp:[a-z]+:[^:]*:/.test(field.logicalType) || field.children.some(hasOffsetZone)
}
