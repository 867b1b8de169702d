import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest, ManifestDataFile } from '../format/types.ts'
import { decodeDescriptor } from '../lance/index.ts'
import type { ByteSource } from './byte-source.ts'
import { rowNotFound } from './cell-id.ts'
import { READ_TIMEOUT_MS, type View } from './view.ts'

/**
 * A blob of the first kind (field metadata `lance-encoding:blob`, file formats 2.0 and 2.1). LanceDB only hands out its
 * descriptor {position, size}; position is absolute in the fragment's data file that stores the column, so the bytes are
 * read from that file directly. Null when the cell is null.
 */
export async function openLegacyBlob(view: View, field: SchemaField, rowId: bigint): Promise<ByteSource | null> {
  const select = [{ name: field.name }, { name: '_rowaddr' }]
  const file = await view.table.takeOne(rowId, select, READ_TIMEOUT_MS)
  if (file === undefined) throw rowNotFound(rowId)
  const descriptor = decodeDescriptor(file)
  if (descriptor === null) return null
  const path = dataPath(view, field, Number(descriptor.rowAddress >> 32n))
  const { position, size } = descriptor
  return {
    size,
    heldBytes: 0,
    read: (start, end) => view.dataset.store.readRange(path, position + start, position + Math.min(end, size)),
  }
}

/** Path of the data file of a fragment that stores the column, from the dataset's root. */
function dataPath(view: View, field: SchemaField, fragmentId: number): string {
  const file = findFile(view.manifest, field, fragmentId)
  if (file === undefined || file.baseId !== undefined) {
    throw new AppError({
      code: 'unsupported-format',
      message: `The bytes of "${field.name}" lie outside this dataset's folder.`,
      hint: 'Open the dataset this one was cloned from.',
      detail: { column: field.name, fragment: fragmentId },
    })
  }
  const root = view.at.branch === undefined ? '' : `tree/${view.at.branch}/`
  return `${root}data/${file.path}`
}

function findFile(manifest: Manifest, field: SchemaField, fragmentId: number): ManifestDataFile | undefined {
  const fragment = manifest.fragments.find((candidate) => candidate.id === fragmentId)
  return fragment?.files.find((file) => file.fields.includes(field.id))
}
