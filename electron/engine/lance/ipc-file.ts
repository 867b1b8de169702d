/**
 * Reads the few facts needed from an Arrow IPC file without decoding it: its row count and a trailing uint64 column.
 * Independent of column types, so it works where apache-arrow does not (LargeList, views), and costs microseconds.
 * Layout: Apache Arrow columnar format, "IPC File Format"; Message.fbs and File.fbs for the table slots.
 */
import { slot } from './flatbuffer.ts'

const MAGIC = 'ARROW1'

interface FirstBatch {
  /** Position of the batch's RecordBatch flatbuffer table. */
  readonly table: number
  /** Position of the message body. */
  readonly body: number
}

/** Rows of the file's only record batch; 0 when it holds none. Throws a plain Error on bytes that are no IPC file. */
export function readRowCount(file: Uint8Array): number {
  const view = viewOf(file)
  const batch = findBatch(view)
  return batch === undefined ? 0 : Number(readSlot64(view, batch.table, 0))
}

/**
 * Values of the last column, which must be a non-null uint64 (`_rowid` as Lance appends it). A view of the file's bytes
 * where aligned, otherwise a copy.
 */
export function readTrailingUint64(file: Uint8Array): BigUint64Array {
  const view = viewOf(file)
  const batch = findBatch(view)
  const rows = batch === undefined ? 0 : Number(readSlot64(view, batch.table, 0))
  if (batch === undefined || rows === 0) return new BigUint64Array(0)
  const buffers = vectorAt(view, batch.table, 2)
  if (buffers === undefined || buffers.length === 0) throw new Error('record batch without buffers')
  const last = buffers.start + (buffers.length - 1) * 16
  const start = batch.body + Number(view.getBigInt64(last, true))
  if (Number(view.getBigInt64(last + 8, true)) < rows * 8) throw new Error('row id buffer is too short')
  const offset = file.byteOffset + start
  if (offset % 8 === 0) return new BigUint64Array(file.buffer as ArrayBuffer, offset, rows)
  return new BigUint64Array(file.slice(start, start + rows * 8).buffer)
}

function viewOf(file: Uint8Array): DataView {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const end = file.byteLength
  if (end < 24 || String.fromCharCode(...file.subarray(end - 6)) !== MAGIC) throw new Error('not an Arrow IPC file')
  return view
}

function findBatch(view: DataView): FirstBatch | undefined {
  const footerLength = view.getInt32(view.byteLength - 10, true)
  const footer = view.byteLength - 10 - footerLength
  const blocks = vectorAt(view, footer + view.getUint32(footer, true), 3)
  if (blocks === undefined || blocks.length === 0) return undefined
  if (blocks.length > 1) throw new Error('more than one record batch')
  const message = Number(view.getBigInt64(blocks.start, true))
  const metadataLength = view.getInt32(blocks.start + 8, true)
  const root = message + 8
  const header = tableAt(view, root + view.getUint32(root, true), 2)
  if (header === undefined) throw new Error('message without header')
  return { table: header, body: message + metadataLength }
}

function readSlot64(view: DataView, table: number, index: number): bigint {
  const at = slot(view, table, index)
  return at === undefined ? 0n : view.getBigInt64(at, true)
}

function tableAt(view: DataView, table: number, index: number): number | undefined {
  const at = slot(view, table, index)
  return at === undefined ? undefined : at + view.getUint32(at, true)
}

function vectorAt(view: DataView, table: number, index: number): { start: number; length: number } | undefined {
  const at = tableAt(view, table, index)
  return at === undefined ? undefined : { start: at + 4, length: view.getUint32(at, true) }
}
