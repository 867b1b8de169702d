import { open, type FileHandle } from 'node:fs/promises'
import { unreadable } from '../errors.ts'

const MAGIC = 'ARROW1'
const CONTINUATION = 0xff_ff_ff_ff
/** The mark at the end of a stream. */
const END_BYTES = 8
const MAX_METADATA_BYTES = 64 * 1024 ** 2
/** Most bytes of one record batch or dictionary. */
const MAX_BODY_BYTES = 1024 ** 3

export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'batch' | 'other'
  /** Prefix, metadata and body, 8-byte aligned. */
  readonly bytes: Uint8Array
  /** Where the file goes on behind it. */
  readonly end: number
}

/** Reads the messages of an Arrow IPC file or stream one by one, without its footer. Fails with `unreadable-source`. */
export async function* arrowMessages(path: string, name: string): AsyncGenerator<ArrowMessage> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const magic = await readAt(file, 0, 8)
    const isFile = magic.subarray(0, MAGIC.length).toString('latin1') === MAGIC
    let position = isFile ? 8 : 0
    const expected = isFile ? await batchesByFooter(file, size, name) : undefined
    let batches = 0
    for (;;) {
      const message = await readMessage(file, position, size, name)
      if (message === undefined) break
      yield message
      position = message.end
      if (message.kind === 'batch') batches++
    }
    const isWhole = expected === undefined ? position + END_BYTES >= size : batches === expected
    if (!isWhole) throw unreadable(name, 'it ends before it should.')
  } finally {
    await file.close()
  }
}

async function readMessage(
  file: FileHandle,
  position: number,
  size: number,
  name: string,
): Promise<ArrowMessage | undefined> {
  if (position >= size) return undefined
  const prefix = await readAt(file, position, 8)
  if (prefix.length < 8) return undefined
  const isNew = prefix.readUInt32LE(0) === CONTINUATION
  const metadataLength = isNew ? prefix.readInt32LE(4) : prefix.readInt32LE(0)
  if (metadataLength === 0) return undefined
  const prefixLength = isNew ? 8 : 4
  if (metadataLength < 8 || metadataLength > MAX_METADATA_BYTES) throw damaged(name)
  const metadata = await readAt(file, position + prefixLength, metadataLength)
  if (metadata.length < metadataLength)
    throw unreadable(name, 'it ends in the middle of a message. The file is not complete.')
  const { kind, bodyLength } = readHeader(metadata, name)
  const bodyStart = position + prefixLength + metadataLength
  if (bodyLength > MAX_BODY_BYTES) {
    throw unreadable(
      name,
      'one of its record batches has more than 1 GB.',
      'Write it with smaller batches, or as Parquet.',
    )
  }
  if (bodyStart + bodyLength > size)
    throw unreadable(name, 'it ends in the middle of a batch. The file is not complete.')
  const padded = (metadataLength + 7) & ~7
  const bytes = Buffer.alloc(8 + padded + bodyLength)
  bytes.writeUInt32LE(CONTINUATION, 0)
  bytes.writeInt32LE(padded, 4)
  bytes.set(metadata, 8)
  const { bytesRead } = await file.read(bytes, 8 + padded, bodyLength, bodyStart)
  if (bytesRead < bodyLength) throw damaged(name)
  return { kind, bytes, end: bodyStart + bodyLength }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

const KINDS = ['other', 'schema', 'dictionary', 'batch'] as const
/** Bytes of an item of the vectors at slots of a Schema (fields) and of a RecordBatch (nodes, buffers). */
const VECTORS: Readonly<
  Partial<Record<ArrowMessage['kind'], readonly (readonly [slot: number, itemBytes: number])[]>>
> = {
  schema: [[1, 4]],
  batch: [
    [1, 16],
    [2, 16],
  ],
}

/** The facts of a Message flatbuffer needed here: header type (slot 1) and body length (slot 3). */
function readHeader(
  metadata: Buffer,
  name: string,
): { readonly kind: ArrowMessage['kind']; readonly bodyLength: number } {
  try {
    const table = metadata.readUInt32LE(0)
    const typeAt = slotOf(metadata, table, 1)
    const lengthAt = slotOf(metadata, table, 3)
    const kind = KINDS[typeAt === 0 ? 0 : metadata.readUInt8(typeAt)] ?? 'other'
    const bodyLength = lengthAt === 0 ? 0 : Number(metadata.readBigInt64LE(lengthAt))
    const headerAt = slotOf(metadata, table, 2)
    const header = headerAt + metadata.readUInt32LE(headerAt)
    // Counts that cannot be would have the decoder make as many objects.
    const isPossible = (VECTORS[kind] ?? []).every(
      ([slot, itemBytes]) => vectorLength(metadata, header, slot) * itemBytes <= metadata.length,
    )
    if (bodyLength >= 0 && isPossible) return { kind, bodyLength }
  } catch {
    // Told below: a read outside of the metadata.
  }
  throw damaged(name)
}

/** Position of a field of a flatbuffer's table; 0 when it is not there. */
function slotOf(bytes: Buffer, table: number, index: number): number {
  const vtable = table - bytes.readInt32LE(table)
  const entry = 4 + index * 2
  const offset = entry + 2 <= bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + entry) : 0
  return offset === 0 ? 0 : table + offset
}

function vectorLength(bytes: Buffer, table: number, index: number): number {
  const at = slotOf(bytes, table, index)
  return at === 0 ? 0 : bytes.readUInt32LE(at + bytes.readUInt32LE(at))
}

/** Record batches an IPC file has by its footer, its last words before the magic ones. */
async function batchesByFooter(file: FileHandle, size: number, name: string): Promise<number> {
  try {
    const tail = await readAt(file, size - 10, 10)
    const length = tail.readInt32LE(0)
    if (tail.toString('latin1', 4) === MAGIC && length > 0 && length < Math.min(size, MAX_METADATA_BYTES)) {
      const footer = await readAt(file, size - 10 - length, length)
      return vectorLength(footer, footer.readUInt32LE(0), 3)
    }
  } catch {
    // Told below.
  }
  throw unreadable(name, 'its end is missing or damaged. The file is not complete.')
}

function damaged(name: string) {
  return unreadable(name, 'it is no Arrow data, or damaged.')
}
