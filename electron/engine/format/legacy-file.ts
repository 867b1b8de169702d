import { corrupt } from './corrupt.ts'
import type { DataFileMetadata } from './data-file.ts'
import type { SparseBytes, TailStep } from './file-footer.ts'
import { WireReader } from './wire.ts'

/** `i64 position of the metadata · u16 major · u16 minor · "LANC"`, the end of every data file of format 0.1. */
const FOOTER_BYTES = 16
const LENGTH_BYTES = 4
const MAGIC = 0x434e414c

/** Bytes at the end of a file that are worth reading at once: they hold the metadata of most files. */
export const LEGACY_TAIL_BYTES = 16 * 1024

/**
 * Rows of a data file of format 0.1 (lance.file.Metadata {2 batch_offsets}, the last of which is the end), from the last
 * bytes of the file; undefined when the metadata begins before them. Throws `corrupt-manifest` on anything else.
 */
export function readLegacyRowCount(tail: Uint8Array, fileBytes: number): number | undefined {
  if (tail.length < FOOTER_BYTES + LENGTH_BYTES) throw corrupt('a data file is too short')
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  const end = tail.length - FOOTER_BYTES
  if (view.getUint32(tail.length - 4, true) !== MAGIC) throw corrupt('a data file does not end as a Lance file does')
  const start = Number(view.getBigInt64(end, true)) - (fileBytes - tail.length)
  if (start < 0) return undefined
  if (start + LENGTH_BYTES > end || start + LENGTH_BYTES + view.getUint32(start, true) > end) {
    throw corrupt('a data file points outside itself')
  }
  const from = start + LENGTH_BYTES
  const message = new WireReader(tail.subarray(from, from + view.getUint32(start, true)))
  const offsets: number[] = []
  while (message.next()) {
    if (message.field === 2) message.int32sInto(offsets)
    else message.skip()
  }
  return offsets.at(-1)
}

/** More than this is the metadata of no real file. */
const MAX_METADATA_BYTES = 64 * 1024 * 1024

/** What a data file of format 0.1 says of itself: its rows. Sizes of columns are recorded nowhere. */
export function readLegacyFile(bytes: SparseBytes): TailStep<DataFileMetadata> {
  const end = bytes.fileBytes - FOOTER_BYTES
  const start = bytes.size(end)
  if (start + LENGTH_BYTES > end) throw corrupt('it points outside itself')
  if (end - start > MAX_METADATA_BYTES) throw corrupt('its metadata is impossibly large')
  const range = bytes.missing(start, bytes.fileBytes)
  if (range !== undefined) return { kind: 'need', range }
  const rows = readLegacyRowCount(bytes.slice(start, bytes.fileBytes), bytes.fileBytes) ?? null
  const result = { formatVersion: '0.1', rows, columns: null, fields: [], schemaMetadata: {}, globalBuffers: [] }
  return { kind: 'done', result }
}
