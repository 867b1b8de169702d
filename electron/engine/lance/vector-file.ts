import type * as Arrow from 'apache-arrow'
import { loadArrow } from './module.ts'

/** Vectors for rows, side by side. */
export interface VectorRows {
  readonly column: string
  readonly dimension: number
  readonly keys: BigInt64Array
  readonly hashes: BigInt64Array
  /** `dimension` numbers a row; those of a row without a vector do not matter. */
  readonly values: Float32Array
  /** Rows whose vector is null, by position; absent = none. */
  readonly isNull?: ReadonlySet<number>
}

/** The rows as an Arrow IPC file with one batch. */
export function toVectorFile(
  { column, dimension, keys, hashes, values, isNull }: VectorRows,
  keyColumn: string,
  hashColumn: string,
): Buffer {
  const arrow = loadArrow()
  const { Field, Int64, Float32, Struct, makeData } = arrow
  const { length } = keys
  const nulls = [...(isNull ?? [])]
  const list = new arrow.FixedSizeList(dimension, new Field('item', new Float32(), true))
  const fields = [
    new Field(keyColumn, new Int64(), true),
    new Field(hashColumn, new Int64(), true),
    new Field<Arrow.DataType>(column, list, true),
  ]
  const schema = new arrow.Schema(fields)
  const ints = (data: BigInt64Array, missing: readonly number[]): Arrow.Data<Arrow.Int64> =>
    makeData({ type: new Int64(), length, nullCount: missing.length, data, nullBitmap: toBitmap(length, missing) })
  const child = makeData({ type: new Float32(), length: length * dimension, nullCount: 0, data: values })
  const vectors = makeData({ type: list, length, nullCount: nulls.length, nullBitmap: toBitmap(length, nulls), child })
  const data = makeData({
    type: new Struct(fields),
    length,
    nullCount: 0,
    children: [ints(keys, []), ints(hashes, nulls), vectors],
  })
  const bytes = arrow.tableToIPC(new arrow.Table([new arrow.RecordBatch(schema, data)]), 'file')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A bit a row, 1 = there is a value. */
function toBitmap(length: number, missing: readonly number[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 64) * 8).fill(0xff)
  for (const row of missing) bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7))
  return bits
}
