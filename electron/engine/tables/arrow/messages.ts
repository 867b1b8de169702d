import { open, type FileHandle } from 'node:fs/promises'
import { unreadable } from '../errors.ts'
import { batchesOfFooter, schemaOfFooter } from './footer.ts'
import { checkMessage, type BufferRange, type CheckedMessage } from './metadata.ts'

const MAGIC = 'ARROW1'
const CONTINUATION = 0xff_ff_ff_ff
/** The mark at the end of a stream. */
const END_BYTES = 8
const MAX_METADATA_BYTES = 64 * 1024 ** 2
/** Most bytes of one record batch or dictionary. */
const MAX_BODY_BYTES = 1024 ** 3

export interface ArrowMessage {
  readonly kind: CheckedMessage['kind']
  /** Prefix, metadata and body, 8-byte aligned. */
  readonly bytes: Uint8Array
  /** Where the file goes on behind it. */
  readonly end: number
}

/**
 * Reads the messages of an Arrow IPC file or stream one by one, without its footer; the schema of a file that has it only
 * there comes first. Fails with `unreadable-source`.
 */
export async function* arrowMessages(path: string, name: string): AsyncGenerator<ArrowMessage> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const magic = await readAt(file, 0, 8)
    const isFile = magic.subarray(0, MAGIC.length).toString('latin1') === MAGIC
    let position = isFile ? 8 : 0
    const footer = isFile ? await readFooter(file, size, name) : undefined
    let batches = 0
    let hasSchema = false
    for (;;) {
      const message = await readMessage(file, position, size, name)
      hasSchema ||= message?.kind === 'schema'
      if (!hasSchema && footer !== undefined) {
        yield { ...schemaMessage(footer, name), end: position }
        hasSchema = true
      }
      if (message === undefined) break
      yield message
      position = message.end
      if (message.kind === 'batch') batches++
    }
    const isWhole = footer === undefined ? position + END_BYTES >= size : batches === batchesOfFooter(footer)
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
  const message = checkMessage(metadata)
  if (message === undefined) throw damaged(name)
  const { kind, bodyLength } = message
  const bodyStart = position + prefixLength + metadataLength
  if (bodyLength > MAX_BODY_BYTES) throw tooLarge(name)
  if (bodyStart + bodyLength > size)
    throw unreadable(name, 'it ends in the middle of a batch. The file is not complete.')
  const bytes = framed(metadata, bodyLength)
  const start = bytes.length - bodyLength
  const { bytesRead } = await file.read(bytes, start, bodyLength, bodyStart)
  if (bytesRead < bodyLength) throw damaged(name)
  if (message.isPacked) checkUnpacked(bytes, start, message.buffers, name)
  return { kind, bytes, end: bodyStart + bodyLength }
}

/** Metadata behind its prefix, with room for the body. */
function framed(metadata: Buffer, bodyLength: number): Buffer {
  const padded = (metadata.length + 7) & ~7
  const bytes = Buffer.alloc(8 + padded + bodyLength)
  bytes.writeUInt32LE(CONTINUATION, 0)
  bytes.writeInt32LE(padded, 4)
  bytes.set(metadata, 8)
  return bytes
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** Refuses buffers that say to unpack to more than a batch may have: each says it in its first eight bytes. */
function checkUnpacked(bytes: Buffer, bodyStart: number, buffers: readonly BufferRange[], name: string): void {
  let total = 0
  for (const { start, length } of buffers) {
    if (length < 8) continue
    const unpacked = Number(bytes.readBigInt64LE(bodyStart + start))
    // -1 stands for a buffer that was left as it is.
    if (unpacked < -1) throw damaged(name)
    total += unpacked === -1 ? length : unpacked
  }
  if (total > MAX_BODY_BYTES) throw tooLarge(name)
}

/** The footer of an IPC file, its last words before the magic ones. */
async function readFooter(file: FileHandle, size: number, name: string): Promise<Buffer> {
  try {
    const tail = await readAt(file, size - 10, 10)
    const length = tail.readInt32LE(0)
    if (tail.toString('latin1', 4) === MAGIC && length > 0 && length < Math.min(size, MAX_METADATA_BYTES)) {
      const footer = await readAt(file, size - 10 - length, length)
      // Throws where it is none.
      batchesOfFooter(footer)
      return footer
    }
  } catch {
    // Told below.
  }
  throw unreadable(name, 'its end is missing or damaged. The file is not complete.')
}

function schemaMessage(footer: Buffer, name: string): Omit<ArrowMessage, 'end'> {
  try {
    const metadata = schemaOfFooter(footer)
    if (checkMessage(metadata)?.kind === 'schema') return { kind: 'schema', bytes: framed(metadata, 0) }
  } catch {
    // Told below.
  }
  throw damaged(name)
}

function tooLarge(name: string) {
  return unreadable(
    name,
    'one of its record batches has more than 1 GB, or unpacks to more.',
    'Write it with smaller batches, or as Parquet.',
  )
}

function damaged(name: string) {
  return unreadable(name, 'it is no Arrow data, or damaged.')
}
