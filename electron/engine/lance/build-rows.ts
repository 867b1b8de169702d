import type { Data, DataType, Field } from 'apache-arrow'
import { toBlobData } from './copy-blobs.ts'
import { loadArrow } from './module.ts'

/** A column of rows made here; null values are null. */
export type BuiltColumn = {
  readonly name: string
  readonly metadata?: Readonly<Record<string, string>>
} & (
  | { readonly type: 'text' | 'json'; readonly values: readonly (string | null)[] }
  | { readonly type: 'int32' | 'int64'; readonly values: readonly (number | null)[] }
  | { readonly type: 'texts'; readonly values: readonly (readonly string[])[] }
  /** RFC 3339; stored as microseconds in UTC. What is no time becomes null. */
  | { readonly type: 'time'; readonly values: readonly (string | null)[] }
  | { readonly type: 'binary' | 'blob'; readonly values: readonly (Uint8Array | null)[] }
)

export const JSON_EXTENSION: Readonly<Record<string, string>> = { 'ARROW:extension:name': 'arrow.json' }
const BLOB_EXTENSION: Readonly<Record<string, string>> = { 'ARROW:extension:name': 'lance.blob.v2' }

/** The columns as an Arrow IPC file of one batch. All have as many values. */
export function buildRows(columns: readonly BuiltColumn[]): Buffer {
  const { makeData, RecordBatch, Schema, Struct, Table, tableToIPC } = loadArrow()
  const rows = columns[0]?.values.length ?? 0
  const fields = columns.map(fieldOf)
  const schema = new Schema(fields)
  const children = columns.map((column, index) => dataOf(column, (fields[index] as Field).type))
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children })
  const bytes = tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'file')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function fieldOf(column: BuiltColumn): Field {
  const { Field: ArrowField } = loadArrow()
  const extension: Readonly<Record<string, string>> =
    column.type === 'json' ? JSON_EXTENSION : column.type === 'blob' ? BLOB_EXTENSION : {}
  const metadata = new Map<string, string>(Object.entries({ ...extension, ...column.metadata }))
  return new ArrowField(column.name, typeOf(column.type), true, metadata)
}

function typeOf(type: BuiltColumn['type']): DataType {
  const arrow = loadArrow()
  switch (type) {
    case 'text':
    case 'json':
      return new arrow.Utf8()
    case 'int32':
      return new arrow.Int32()
    case 'int64':
      return new arrow.Int64()
    case 'texts':
      return new arrow.List(new arrow.Field('item', new arrow.Utf8(), true))
    case 'time':
      return new arrow.TimestampMicrosecond('UTC')
    case 'binary':
      return new arrow.Binary()
    case 'blob':
      return new arrow.Struct([
        new arrow.Field('data', new arrow.LargeBinary(), true),
        new arrow.Field('uri', new arrow.Utf8(), true),
      ])
  }
}

function dataOf(column: BuiltColumn, type: DataType): Data {
  switch (column.type) {
    case 'blob':
      return toBlobData(
        type,
        column.values.map((bytes) =>
          bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        ),
      )
    case 'time':
      return timeData(type, column.values)
    case 'int64':
      return built(type, column.values, (value) => BigInt(value))
    default:
      return built<unknown>(type, column.values, (value) => value)
  }
}

function built<T>(type: DataType, values: readonly (T | null)[], to: (value: T) => unknown): Data {
  const builder = loadArrow().makeBuilder({ type, nullValues: [null] })
  for (const value of values) builder.append(value === null ? null : to(value))
  return builder.finish().flush()
}

function timeData(type: DataType, values: readonly (string | null)[]): Data {
  const length = values.length
  const nullBitmap = new Uint8Array(Math.ceil(length / 8))
  const data = new BigInt64Array(length)
  let nullCount = 0
  for (const [row, value] of values.entries()) {
    const ms = value === null ? Number.NaN : Date.parse(value)
    if (Number.isNaN(ms)) {
      nullCount++
      continue
    }
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7))
    data[row] = BigInt(Math.trunc(ms)) * 1000n
  }
  return loadArrow().makeData({ type, length, nullCount, nullBitmap, data } as never)
}
