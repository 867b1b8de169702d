import type { Data, RecordBatch, Schema } from 'apache-arrow'
import { readTrailingUint64 } from './ipc-file.ts'
import { loadArrow } from './module.ts'
import type { NativeTable } from './native-table.ts'

/** Bytes of blobs held at once, beside one that is larger by itself. */
const MAX_HELD_BYTES = 64 * 1024 * 1024
/** Rows whose blobs are fetched at once. */
const MAX_ROWS = 1024

/** Rows by their position among the live rows: [offset, offset + limit). */
export interface RowWindow {
  readonly offset: number
  readonly limit: number
}

/**
 * Rows of a table whose blob columns hold the bytes themselves, as a new dataset takes them, instead of descriptors: an
 * Arrow IPC file for every few rows. `blobs` are top-level columns of the second kind of blobs.
 */
export async function* readWithBlobs(
  source: NativeTable,
  window: RowWindow,
  blobs: readonly string[],
  timeoutMs: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly rows: number }> {
  const { tableFromIPC, tableToIPC, Table } = loadArrow()
  const stored = tableFromIPC(await source.run('read', timeoutMs, (handle) => handle.schema())).schema
  for await (const part of cutBySize(source, window, blobs, timeoutMs)) {
    for await (const file of source.page('all', part, { timeoutMs, batchRows: part.limit })) {
      const batch = tableFromIPC(file).batches[0]
      if (batch === undefined) continue
      const values = new Map<string, readonly (Buffer | null)[]>()
      for (const column of blobs)
        values.set(column, await fetchAll(source, column, readTrailingUint64(file), timeoutMs))
      const schema = toWritten(stored, batch, blobs)
      const bytes = tableToIPC(new Table(schema, [withBytes(schema, batch, values)]), 'file')
      yield { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), rows: batch.numRows }
    }
  }
}

/** Columns as batches have them, since JSON is stored as another type than it is read and written as; blobs as stored. */
function toWritten(stored: Schema, { schema }: RecordBatch, blobs: readonly string[]): Schema {
  const { Schema: ArrowSchema } = loadArrow()
  const read = new Map(schema.fields.map((field) => [field.name, field]))
  const fields = stored.fields.map((field) => (blobs.includes(field.name) ? field : (read.get(field.name) ?? field)))
  return new ArrowSchema(fields, stored.metadata)
}

/** The first row of a window whose blobs differ, as bytes, between two tables of the same rows; undefined = none. */
export async function findUnequalBlob(
  [a, b]: readonly [NativeTable, NativeTable],
  window: RowWindow,
  blobs: readonly string[],
  timeoutMs: number,
): Promise<number | undefined> {
  for await (const part of cutBySize(a, window, blobs, timeoutMs)) {
    const [idsA, idsB] = await Promise.all([a, b].map((table) => idsOf(table, part, timeoutMs)))
    for (const column of blobs) {
      const wanted = await fetchAll(a, column, idsA ?? [], timeoutMs)
      const found = await fetchAll(b, column, idsB ?? [], timeoutMs)
      const at = wanted.findIndex((value, row) => !isEqual(value, found[row]))
      if (at !== -1) return part.offset + at
    }
  }
  return undefined
}

function isEqual(a: Buffer | null, b: Buffer | null | undefined): boolean {
  if (a === null || b === null || b === undefined) return a === b
  return a.equals(b)
}

/** Windows of few enough rows to hold their blobs. */
async function* cutBySize(
  source: NativeTable,
  window: RowWindow,
  blobs: readonly string[],
  timeoutMs: number,
): AsyncGenerator<RowWindow> {
  const select = blobs.map((name) => ({ name }))
  let { offset } = window
  let [rows, held] = [0, 0]
  for await (const file of source.page(select, window, { timeoutMs, batchRows: MAX_ROWS })) {
    for (const bytes of sizesOf(loadArrow().tableFromIPC(file).batches[0], blobs.length)) {
      if (rows > 0 && (rows === MAX_ROWS || held + bytes > MAX_HELD_BYTES)) {
        yield { offset, limit: rows }
        offset += rows
        rows = 0
        held = 0
      }
      rows++
      held += bytes
    }
  }
  if (rows > 0) yield { offset, limit: rows }
}

/** Bytes of the blobs of each row, from their descriptors. */
function sizesOf(batch: RecordBatch | undefined, columns: number): readonly number[] {
  const sums = Array.from({ length: batch?.numRows ?? 0 }, () => 0)
  for (const column of batch?.data.children.slice(0, columns) ?? []) {
    const at = column.type.children.findIndex(({ name }: { readonly name: string }) => name === 'size')
    const sizes = column.children[at]?.values as BigUint64Array | undefined
    for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] ?? 0) + Number(sizes?.[row] ?? 0n)
  }
  return sums
}

async function idsOf(table: NativeTable, window: RowWindow, timeoutMs: number): Promise<bigint[]> {
  const ids: bigint[] = []
  for await (const file of table.page([], window, { timeoutMs })) ids.push(...readTrailingUint64(file))
  return ids
}

async function fetchAll(
  table: NativeTable,
  column: string,
  ids: Iterable<bigint>,
  timeoutMs: number,
): Promise<readonly (Buffer | null)[]> {
  const rowIds = [...ids]
  const found = await table.run('read', timeoutMs, (handle) => handle.fetchBlobs(column, rowIds))
  return found.map((bytes) => bytes ?? null)
}

/** The batch with the bytes in place of the descriptors, and without the row ids at its end. */
function withBytes(
  schema: Schema,
  batch: RecordBatch,
  values: ReadonlyMap<string, readonly (Buffer | null)[]>,
): RecordBatch {
  const { makeData, RecordBatch: Batch, Struct } = loadArrow()
  const children = schema.fields.map((field, index) => {
    const bytes = values.get(field.name)
    const stored = batch.data.children[index]
    if (bytes !== undefined) return toBlobData(field.type, bytes)
    if (stored === undefined) throw new Error(`no column ${field.name} in the batch`)
    return stored
  })
  const type = new Struct(schema.fields)
  return new Batch(schema, makeData({ type, length: batch.numRows, nullCount: 0, children }))
}

/** A column of blobs as Lance takes it: a struct of the bytes and of an address, which is null. */
export function toBlobData(type: Schema['fields'][number]['type'], values: readonly (Buffer | null)[]): Data {
  const { makeData, LargeBinary, Utf8, Struct } = loadArrow()
  const length = values.length
  const valid = new Uint8Array(Math.ceil(length / 8))
  const offsets = new BigInt64Array(length + 1)
  for (const [row, value] of values.entries()) {
    if (value !== null) valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7))
    offsets[row + 1] = (offsets[row] ?? 0n) + BigInt(value?.byteLength ?? 0)
  }
  const nullCount = values.filter((value) => value === null).length
  const data = Buffer.concat(values.filter((value) => value !== null))
  const bytes = makeData({
    type: new LargeBinary(),
    length,
    nullCount,
    nullBitmap: valid,
    valueOffsets: offsets,
    data,
  })
  const address = makeData({
    type: new Utf8(),
    length,
    nullCount: length,
    nullBitmap: new Uint8Array(valid.length),
    valueOffsets: new Int32Array(length + 1),
    data: new Uint8Array(0),
  })
  const struct = new Struct(type.children)
  // Not the same bytes twice in a row: Arrow's writer takes neighbouring pieces of one buffer together, and one is lost.
  return makeData({ type: struct, length, nullCount, nullBitmap: valid.slice(), children: [bytes, address] })
}
