import { open, type FileHandle } from 'node:fs/promises'
import { unreadable } from '../errors.ts'

const MAGIC = 'ARROW1'
const CONTINUATION = 0xff_ff_ff_ff
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
    for (;;) {
      const message = await readMessage(file, position, size, name)
      if (message === undefined) break
      yield message
      position = message.end
    }
    if (isFile) {
      const tail = await readAt(file, Math.max(0, size - MAGIC.length), MAGIC.length)
      if (tail.toString('latin1') !== MAGIC) throw unreadable(name, 'its end is missing. The file is not complete.')
    }
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

/** The two facts of a Message flatbuffer needed here: header type (slot 1) and body length (slot 3). */
function readHeader(
  metadata: Buffer,
  name: string,
): { readonly kind: ArrowMessage['kind']; readonly bodyLength: number } {
  try {
    const table = metadata.readUInt32LE(0)
    const vtable = table - metadata.readInt32LE(table)
    const slots = metadata.readUInt16LE(vtable)
    const slot = (index: number): number => {
      const entry = 4 + index * 2
      return entry + 2 <= slots ? metadata.readUInt16LE(vtable + entry) : 0
    }
    const type = slot(1) === 0 ? 0 : metadata.readUInt8(table + slot(1))
    const bodyLength = slot(3) === 0 ? 0 : Number(metadata.readBigInt64LE(table + slot(3)))
    if (!(bodyLength >= 0)) throw damaged(name)
    return { kind: KINDS[type] ?? 'other', bodyLength }
  } catch {
    throw damaged(name)
  }
}

function damaged(name: string) {
  return unreadable(name, 'it is no Arrow data, or damaged.')
}
