import { corrupt } from './corrupt.ts'
import { FlatTable, readSize } from './flatbuffer.ts'
import { unpackZstd } from './zstd.ts'

/** Arrow columnar format, "IPC File Format"; numbers of table fields from File.fbs, Message.fbs and Schema.fbs. */
const MAGIC = 'ARROW1'
const BLOCK_BYTES = 24
const BUFFER_BYTES = 16
const CONTINUATION = 0xffffffff
const TYPE_INT = 2
const MESSAGE_SCHEMA = 1
const MESSAGE_BATCH = 3
const CODEC_ZSTD = 1
/** Writers round a buffer up to a multiple of this. */
const ALIGNMENT = 64

/** One record batch of an Arrow file. */
export interface ArrowBatch {
  readonly rows: number
  /** Where each buffer lies in the file, in the order of the columns; its bytes as they are stored. */
  readonly buffers: readonly { readonly start: number; readonly length: number }[]
  /** True when every buffer is packed on its own with Zstandard, its real length before it. */
  readonly isZstd: boolean
}

/** An Arrow IPC file or stream taken apart, without decoding a value. */
export interface ArrowFile {
  readonly view: DataView
  /** Schema.fbs `Schema` table; undefined when there is none. */
  readonly schema: FlatTable | undefined
  /** Schema.fbs `Field` tables. */
  readonly fields: readonly FlatTable[]
  readonly batches: readonly ArrowBatch[]
}

/** Takes an Arrow IPC file apart. Throws `corrupt-manifest` or RangeError on anything else: call it inside `damageOf`. */
export function openArrowFile(file: Uint8Array): ArrowFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const end = file.byteLength
  if (end < 24 || String.fromCharCode(...file.subarray(end - MAGIC.length)) !== MAGIC) {
    throw corrupt('it does not end as an Arrow file does')
  }
  const footer = FlatTable.root(view, end - 10 - view.getInt32(end - 10, true))
  const blocks = footer.vector(3, BLOCK_BYTES)
  const batches: ArrowBatch[] = []
  // Blocks may all name the same batch; together they still hold no more buffers than fit the file.
  let room = Math.floor(end / BUFFER_BYTES)
  for (let block = blocks.start; block < blocks.start + blocks.length * BLOCK_BYTES; block += BLOCK_BYTES) {
    const at = readSize(view, block)
    const header = FlatTable.root(view, at + (view.getUint32(at, true) === CONTINUATION ? 8 : 4)).table(2)
    if (header === undefined) throw corrupt('a batch has no header')
    const batch = readBatch(view, header, at + view.getInt32(block + 8, true), room)
    room -= batch.buffers.length
    batches.push(batch)
  }
  const schema = footer.table(1)
  return { view, schema, fields: schema?.tables(1) ?? [], batches }
}

/**
 * Takes an Arrow IPC stream apart: messages one after the other, each its length, its metadata (Message.fbs: 1 kind,
 * 2 header, 3 length of the body) and its body. Fails as {@link openArrowFile} does.
 */
export function openArrowStream(bytes: Uint8Array): ArrowFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const batches: ArrowBatch[] = []
  let schema: FlatTable | undefined
  for (let at = 0; at + 8 <= bytes.length;) {
    const hasContinuation = view.getUint32(at, true) === CONTINUATION
    const start = at + (hasContinuation ? 8 : 4)
    const length = view.getInt32(start - 4, true)
    if (length === 0) break
    if (length < 0) throw corrupt('a message has an impossible length')
    const message = FlatTable.root(view, start)
    const kind = message.uint8(1)
    const header = message.table(2)
    const body = start + length
    if (kind === MESSAGE_SCHEMA) schema ??= header
    if (kind === MESSAGE_BATCH && header !== undefined) {
      batches.push(readBatch(view, header, body, Math.floor((body - start) / BUFFER_BYTES)))
    }
    at = body + message.size(3)
  }
  if (schema === undefined) throw corrupt('it holds no Arrow schema')
  return { view, schema, fields: schema.tables(1), batches }
}

function readBatch(view: DataView, header: FlatTable, body: number, maxBuffers: number): ArrowBatch {
  const vector = header.vector(2, BUFFER_BYTES)
  if (vector.length > maxBuffers) throw corrupt('its batches overlap')
  const compression = header.table(3)
  if (compression !== undefined && compression.uint8(0) !== CODEC_ZSTD) throw corrupt('it is packed in an unknown way')
  return {
    rows: header.size(0),
    buffers: Array.from({ length: vector.length }, (_, index) => {
      const at = vector.start + index * BUFFER_BYTES
      const start = body + readSize(view, at)
      const length = readSize(view, at + 8)
      if (start + length > view.byteLength) throw corrupt('a buffer runs past the end')
      return { start, length }
    }),
    isZstd: compression !== undefined,
  }
}

/**
 * Values of a file's only column, a `uint32` without nulls, in the order they lie there; at most `maxValues`, so that no
 * more than four bytes a value are allocated.
 */
export function readUint32Column(file: Uint8Array, maxValues: number): Uint32Array {
  const { view, fields, batches } = openArrowFile(file)
  const [field] = fields
  if (field === undefined || fields.length !== 1 || field.uint8(2) !== TYPE_INT || field.table(3)?.int32(0) !== 32) {
    throw corrupt('it does not hold one column of 32-bit numbers')
  }
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0)
  if (rows > maxValues) throw corrupt(`it lists ${rows} rows, more than there can be`)
  const parts = batches.map((batch) => readValues(view, batch))
  const values = new Uint32Array(rows)
  let at = 0
  for (const part of parts) {
    values.set(part, at)
    at += part.length
  }
  return values
}

/** Buffers of a primitive column: validity, then values. */
function readValues(view: DataView, { rows, buffers, isZstd }: ArrowBatch): Uint32Array {
  if (rows === 0) return new Uint32Array(0)
  const buffer = buffers[1]
  if (buffer === undefined) throw corrupt('a batch has no values')
  const bytes = isZstd ? unpackBuffer(view, buffer, rows * 4) : bytesOf(view, buffer)
  if (bytes.length < rows * 4) throw corrupt('a batch has fewer values than rows')
  return new Uint32Array(bytes.slice(0, rows * 4).buffer)
}

/** BodyCompression: an int64 real length, -1 for stored as it is, then the bytes. */
function unpackBuffer(view: DataView, buffer: ArrowBatch['buffers'][number], wanted: number): Uint8Array {
  const packed = bytesOf(view, buffer).subarray(8)
  const length = view.getBigInt64(buffer.start, true)
  if (length === -1n) return packed
  if (length < wanted || length > wanted + ALIGNMENT) throw corrupt('a batch has another number of values than rows')
  return unpackZstd(packed, Number(length))
}

function bytesOf(view: DataView, { start, length }: ArrowBatch['buffers'][number]): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, length)
}
