import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { decodeBytes } from '../lance/index.ts'
import type { ByteSource } from './byte-source.ts'
import { rowNotFound } from './cell-id.ts'
import { openLegacyBlob } from './legacy-blob.ts'
import { READ_TIMEOUT_MS, toProjected, type View } from './view.ts'

/** Opens the bytes of a binary, text or blob cell; null when the cell is null. Reads nothing of a blob's content. */
export async function openBytes(view: View, field: SchemaField, rowId: bigint): Promise<ByteSource | null> {
  if (isBlobV2(field)) {
    const blob = await view.table.openBlob(field.name, rowId, READ_TIMEOUT_MS)
    return blob === null ? null : { ...blob, heldBytes: 0 }
  }
  if (field.kind === 'blob') return openLegacyBlob(view, field, rowId)
  const decoded = decodeBytes(await takeCell(view, field, rowId))
  if (decoded === undefined) throw noBytes(field)
  const { bytes } = decoded
  if (bytes === null) return null
  return { size: bytes.byteLength, heldBytes: bytes.byteLength, read: async (start, end) => bytes.slice(start, end) }
}

/** One cell as an IPC file of one row and one column; `row-not-found`. */
export async function takeCell(view: View, field: SchemaField, rowId: bigint): Promise<Uint8Array> {
  const file = await view.table.takeOne(rowId, [toProjected(field)], READ_TIMEOUT_MS)
  if (file === undefined) throw rowNotFound(rowId)
  return file
}

function isBlobV2(field: SchemaField): boolean {
  return field.metadata['ARROW:extension:name'] === 'lance.blob.v2'
}

function noBytes(field: SchemaField): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `The column "${field.name}" (${field.type}) holds no bytes.`,
    hint: 'Read it with cells.get.',
    detail: { column: field.name },
  })
}
