import type { Data } from 'apache-arrow'
import { hashColumn, type HashPlan, type RowBatch } from './hash-batch.ts'
import { isNeverNull, offsetsOf, validityOf } from './hash-values.ts'
import { loadArrow } from './module.ts'

/**
 * The values of a column as bytes that are equal only where the values are. Equal values may have different bytes: a NaN
 * of other bits, or what lies under a null. So "not equal" is for the hashes to decide.
 */
export interface ColumnBytes {
  readonly bytes: Buffer
  /** Bytes of a value; with offsets, bytes of an item. */
  readonly width: number
  /** Where values of different lengths begin, in items; every `step`-th number counts. */
  readonly offsets: Int32Array | undefined
  readonly step: number
  /** One byte a row, 0 = null; absent = no nulls. */
  readonly present: Buffer | undefined
  /** Nulls in a key equal nothing. */
  readonly isKey: boolean
}

/** The columns of a batch for {@link countEqualRows}: those of the key first, since they differ first. */
export function bytesOfBatch({ columns, rows }: RowBatch, plan: HashPlan): readonly ColumnBytes[] {
  const others = [...columns.keys()].filter((column) => !plan.key.includes(column))
  return [...plan.key, ...others].map((column) =>
    bytesOfColumn(columns[column] as Data, rows, plan.blobs.includes(column), plan.key.includes(column)),
  )
}

/** Row ids as a key. */
export function bytesOfIds({ ids }: RowBatch): ColumnBytes {
  return { bytes: toBuffer(ids), width: 8, offsets: undefined, step: 1, present: undefined, isKey: true }
}

/** How many rows from `i` and `j` on, `count` at most, are equal in all of these columns, byte by byte. */
export function countEqualRows(
  a: readonly ColumnBytes[],
  i: number,
  b: readonly ColumnBytes[],
  j: number,
  count: number,
): number {
  let equal = count
  for (let column = 0; column < a.length && equal > 0; column++) {
    equal = countEqual(a[column] as ColumnBytes, i, b[column] as ColumnBytes, j, equal)
  }
  return equal
}

function countEqual(a: ColumnBytes, i: number, b: ColumnBytes, j: number, count: number): number {
  if (isEqual(a, i, b, j, count)) return count
  let equal = 0
  for (let unequal = count; unequal - equal > 1;) {
    const middle = (equal + unequal) >> 1
    if (isEqual(a, i + equal, b, j + equal, middle - equal)) equal = middle
    else unequal = middle
  }
  return equal
}

function isEqual(a: ColumnBytes, i: number, b: ColumnBytes, j: number, count: number): boolean {
  if (a.width !== b.width || !hasEqualNulls(a, i, b, j, count)) return false
  if (a.offsets === undefined || b.offsets === undefined) {
    if (a.offsets !== b.offsets) return false
    return hasEqualBytes(a.bytes, i * a.width, b.bytes, j * b.width, count * a.width)
  }
  if (!hasEqualLengths(a.offsets, i, a.step, b.offsets, j, b.step, count)) return false
  const [first, otherFirst] = [a.offsets[i * a.step] as number, b.offsets[j * b.step] as number]
  const items = (a.offsets[(i + count) * a.step] as number) - first
  return hasEqualBytes(a.bytes, first * a.width, b.bytes, otherFirst * b.width, items * a.width)
}

function hasEqualLengths(
  a: Int32Array,
  i: number,
  step: number,
  b: Int32Array,
  j: number,
  otherStep: number,
  count: number,
): boolean {
  let at = i * step
  let otherAt = j * otherStep
  const shift = (a[at] as number) - (b[otherAt] as number)
  for (let row = 0; row < count; row++) {
    at += step
    otherAt += otherStep
    if ((a[at] as number) - (b[otherAt] as number) !== shift) return false
  }
  return true
}

function hasEqualNulls(a: ColumnBytes, i: number, b: ColumnBytes, j: number, count: number): boolean {
  if (a.present === undefined || b.present === undefined || a.isKey) {
    return hasNoNull(a.present, i, count) && hasNoNull(b.present, j, count)
  }
  return hasEqualBytes(a.present, i, b.present, j, count)
}

function hasNoNull(present: Buffer | undefined, start: number, count: number): boolean {
  if (present === undefined) return true
  for (let row = start; row < start + count; row++) if (present[row] === 0) return false
  return true
}

/** Fewer bytes than this are compared faster here than by a native call. */
const FEW_BYTES = 24

function hasEqualBytes(a: Buffer, i: number, b: Buffer, j: number, length: number): boolean {
  if (length >= FEW_BYTES) return a.compare(b, j, j + length, i, i + length) === 0
  for (let at = 0; at < length; at++) if (a[i + at] !== b[j + at]) return false
  return true
}

function bytesOfColumn(data: Data, rows: number, isBlob: boolean, isKey: boolean): ColumnBytes {
  const present = isNeverNull(data) ? undefined : presenceOf(data, rows)
  const { bytes, width, offsets, step } = valuesOf(data, rows, isBlob)
  // All of one shape, made in one place: they are read in the innermost loops.
  return { bytes, width, offsets, step, present, isKey }
}

function presenceOf(data: Data, rows: number): Buffer {
  const isPresent = validityOf(data)
  const bytes = Buffer.alloc(rows)
  for (let row = 0; row < rows; row++) bytes[row] = isPresent(row) ? 1 : 0
  return bytes
}

type Values = Pick<ColumnBytes, 'bytes' | 'width' | 'offsets' | 'step'>

function valuesOf(data: Data, rows: number, isBlob: boolean): Values {
  const { DataType: is } = loadArrow()
  const { type } = data
  const width = isBlob ? undefined : plainWidth(data)
  if (width !== undefined) return fixed(data.values as ArrayBufferView, width)
  if (is.isBool(type)) return fixed(bytesOfBits(data, rows), 1)
  if (is.isUtf8(type) || is.isBinary(type) || is.isLargeUtf8(type) || is.isLargeBinary(type)) {
    return { bytes: toBuffer(data.values as Uint8Array), width: 1, ...offsetsOf(data) }
  }
  const [items] = data.children
  const itemWidth = items !== undefined && isNeverNull(items) ? plainWidth(items) : undefined
  if (items !== undefined && itemWidth !== undefined) {
    if (is.isFixedSizeList(type)) return fixed(items.values as ArrayBufferView, itemWidth * type.listSize)
    if (is.isList(type))
      return { bytes: toBuffer(items.values as ArrayBufferView), width: itemWidth, ...offsetsOf(data) }
  }
  return fixed(hashColumn(data, isBlob, rows), 8)
}

/** Bytes of a value where values lie side by side; undefined for other types. */
function plainWidth({ type, values }: Data): number | undefined {
  const { DataType: is } = loadArrow()
  if (is.isFixedSizeBinary(type)) return type.byteWidth
  if (is.isDecimal(type)) return type.bitWidth / 8
  const isPlain = is.isInt(type) || is.isFloat(type) || is.isTimestamp(type) || is.isDate(type) || is.isTime(type)
  return isPlain || is.isDuration(type) ? (values as Int32Array).BYTES_PER_ELEMENT : undefined
}

function fixed(values: ArrayBufferView, width: number): Values {
  return { bytes: toBuffer(values), width, offsets: undefined, step: 1 }
}

function bytesOfBits(data: Data, rows: number): Uint8Array {
  const bits = data.values as Uint8Array
  const bytes = new Uint8Array(rows)
  for (let row = 0, bit = data.offset; row < rows; row++, bit++)
    bytes[row] = ((bits[bit >> 3] as number) >> (bit & 7)) & 1
  return bytes
}

function toBuffer({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}
