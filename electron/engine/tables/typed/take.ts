import { field, list, Type, utf8, binary, type Batch, type DataType } from '@uwdata/flechette'
import type { ArrowBatch } from '../columns/column.ts'

/** Something in Arrow data that cannot be, or cannot be kept. Its message goes behind "its data". */
export class ArrowFault extends Error {}

/** A batch as flechette decodes it. */
type Decoded = ArrowBatch & {
  readonly dictionary?: { readonly data: readonly Batch<unknown>[] }
  readonly at: (index: number) => unknown
}

const NO_BYTES = new Uint8Array(0)

/** A batch in the types Lance keeps and every reader knows: no dictionaries, views, or 64-bit offsets. Itself if it is one. */
export function plainBatch(batch: Batch<unknown>): ArrowBatch {
  const decoded = batch as unknown as Decoded
  return isPlain(decoded.type) ? decoded : takeRows(decoded, everyRow(decoded.length))
}

export function everyRow(length: number): Int32Array {
  const rows = new Int32Array(length)
  for (let row = 0; row < length; row++) rows[row] = row
  return rows
}

interface TypeParts {
  readonly children?: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean }[]
  readonly stride?: number
  readonly bitWidth?: number
  readonly precision?: number
  readonly unit?: number
}

function partsOf(type: DataType): TypeParts {
  return type as TypeParts
}

function isPlain(type: DataType): boolean {
  switch (type.typeId) {
    case Type.Dictionary:
    case Type.LargeUtf8:
    case Type.LargeBinary:
    case Type.LargeList:
    case Type.Utf8View:
    case Type.BinaryView:
    case Type.ListView:
    case Type.LargeListView:
    case Type.RunEndEncoded:
    case Type.Union:
      return false
    default:
      return (partsOf(type).children ?? []).every((child) => isPlain(child.type))
  }
}

/** The rows named, in their order, as a batch of a plain type. Throws an {@link ArrowFault} on damage. */
export function takeRows(batch: ArrowBatch, rows: Int32Array): ArrowBatch {
  const decoded = batch as Decoded
  const { type } = batch
  const { children = [], stride = 1 } = partsOf(type)
  const base = { length: rows.length, ...takeValidity(batch, rows) }
  switch (type.typeId) {
    case Type.Null:
      return { ...base, type, nullCount: rows.length, validity: NO_BYTES }
    case Type.Bool:
      return { ...base, type, values: takeBits(bytesOf(batch.values), rows) }
    case Type.Utf8:
    case Type.LargeUtf8:
      return { ...base, type: utf8(), ...takeBytes(decoded, rows) }
    case Type.Binary:
    case Type.LargeBinary:
      return { ...base, type: binary(), ...takeBytes(decoded, rows) }
    case Type.Utf8View:
    case Type.BinaryView:
      return { ...base, type: type.typeId === Type.Utf8View ? utf8() : binary(), ...takeViews(decoded, rows) }
    case Type.List:
    case Type.LargeList:
    case Type.Map: {
      const { offsets, items } = takeOffsets(decoded, rows)
      const child = takeRows(childOf(batch, 0), items)
      const item = children[0]
      const plain =
        type.typeId === Type.Map ? type : list(field(item?.name ?? 'item', child.type, item?.nullable ?? true))
      return { ...base, type: plain, offsets, children: [child] }
    }
    case Type.FixedSizeList: {
      const items = new Int32Array(rows.length * stride)
      for (let row = 0, at = 0; row < rows.length; row++) {
        for (let item = 0; item < stride; item++) items[at++] = (rows[row] as number) * stride + item
      }
      const child = takeRows(childOf(batch, 0), items)
      return { ...base, type: withChildren(type, [child]), children: [child] }
    }
    case Type.Struct: {
      const taken = children.map((_, index) => takeRows(childOf(batch, index), rows))
      return { ...base, type: withChildren(type, taken), children: taken }
    }
    case Type.Dictionary:
      return takeWords(decoded, rows)
    default:
      return { ...base, type, values: takeFixed(batch, rows) }
  }
}

function withChildren(type: DataType, children: readonly ArrowBatch[]): DataType {
  const fields = (partsOf(type).children ?? []).map((child, index) => ({
    ...child,
    type: children[index]?.type ?? child.type,
  }))
  return { ...type, children: fields } as DataType
}

function childOf(batch: ArrowBatch, index: number): ArrowBatch {
  const child = batch.children?.[index]
  if (child === undefined) throw new ArrowFault('lacks a part of a nested column')
  return child
}

function bytesOf(view: ArrayBufferView | undefined): Uint8Array {
  return view === undefined ? NO_BYTES : new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
}

function takeValidity(
  { nullCount, validity }: ArrowBatch,
  rows: Int32Array,
): Pick<ArrowBatch, 'nullCount' | 'validity'> {
  if (nullCount === 0 || validity === undefined || validity.length === 0) return { nullCount: 0, validity: NO_BYTES }
  const taken = takeBits(validity, rows)
  let nulls = 0
  for (let row = 0; row < rows.length; row++) if (((taken[row >> 3] as number) & (1 << (row & 7))) === 0) nulls++
  return { nullCount: nulls, validity: taken }
}

function takeBits(bits: Uint8Array, rows: Int32Array): Uint8Array {
  const taken = new Uint8Array((rows.length + 7) >> 3)
  for (let row = 0; row < rows.length; row++) {
    const from = rows[row] as number
    if (((bits[from >> 3] as number) & (1 << (from & 7))) !== 0)
      taken[row >> 3] = (taken[row >> 3] as number) | (1 << (row & 7))
  }
  return taken
}

/** Bytes of a value of fixed width. Throws an {@link ArrowFault} for types without one. */
export function widthOf(type: DataType): number {
  const { bitWidth, precision, unit, stride } = partsOf(type)
  switch (type.typeId) {
    case Type.Float:
      return [2, 4, 8][precision ?? 2] as number
    case Type.Date:
      return unit === 0 ? 4 : 8
    case Type.Timestamp:
    case Type.Duration:
      return 8
    case Type.Interval:
      return [4, 8, 16][unit ?? 0] as number
    case Type.FixedSizeBinary:
      return stride ?? 1
    case Type.Int:
    case Type.Time:
    case Type.Decimal:
      return (bitWidth ?? 64) / 8
    default:
      throw new ArrowFault('has a column of a type that cannot be kept')
  }
}

function takeFixed(batch: ArrowBatch, rows: Int32Array): Uint8Array {
  const width = widthOf(batch.type)
  const bytes = bytesOf(batch.values)
  if (bytes.length < batch.length * width) throw new ArrowFault('is shorter than its rows need')
  const taken = new Uint8Array(rows.length * width)
  if (width % 4 === 0 && bytes.byteOffset % 4 === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    const to = new Int32Array(taken.buffer)
    const count = width >> 2
    for (let row = 0; row < rows.length; row++) {
      const from = (rows[row] as number) * count
      for (let word = 0; word < count; word++) to[row * count + word] = words[from + word] as number
    }
    return taken
  }
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] as number) * width
    for (let byte = 0; byte < width; byte++) taken[row * width + byte] = bytes[from + byte] as number
  }
  return taken
}

/** Where a row's items begin and end, whatever the width of the offsets; checked. */
function rangeOf(offsets: ArrayLike<number | bigint>, row: number, limit: number): readonly [number, number] {
  const start = Number(offsets[row])
  const end = Number(offsets[row + 1])
  if (!(start >= 0 && end >= start && end <= limit)) throw new ArrowFault('has a value that lies outside of it')
  return [start, end]
}

function takeBytes(batch: Decoded, rows: Int32Array): Pick<ArrowBatch, 'offsets' | 'values'> {
  const bytes = bytesOf(batch.values)
  const from = batch.offsets as unknown as ArrayLike<number | bigint>
  const offsets = new Int32Array(rows.length + 1)
  const total = { length: 0 }
  for (let row = 0; row < rows.length; row++) {
    const [start, end] = rangeOf(from, rows[row] as number, bytes.length)
    total.length += end - start
    if (total.length > 2 ** 31 - 1) throw new ArrowFault('has a column of more than 2 GB in one batch')
    offsets[row + 1] = total.length
  }
  const values = new Uint8Array(total.length)
  for (let row = 0; row < rows.length; row++) {
    const source = rows[row] as number
    values.set(bytes.subarray(Number(from[source]), Number(from[source + 1])), offsets[row])
  }
  return { offsets, values }
}

function takeViews(batch: Decoded, rows: Int32Array): Pick<ArrowBatch, 'offsets' | 'values'> {
  const parts = [...rows].map((row) => {
    const value = batch.at(row)
    return typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : NO_BYTES
  })
  const offsets = new Int32Array(rows.length + 1)
  for (const [row, part] of parts.entries()) offsets[row + 1] = (offsets[row] as number) + part.length
  return { offsets, values: Buffer.concat(parts) }
}

function takeOffsets(batch: Decoded, rows: Int32Array): { readonly offsets: Int32Array; readonly items: Int32Array } {
  const from = batch.offsets as unknown as ArrayLike<number | bigint>
  const limit = childOf(batch, 0).length
  const offsets = new Int32Array(rows.length + 1)
  for (let row = 0; row < rows.length; row++) {
    const [start, end] = rangeOf(from, rows[row] as number, limit)
    const next = (offsets[row] as number) + end - start
    if (next > 2 ** 31 - 1) throw new ArrowFault('has lists of too many items in one batch')
    offsets[row + 1] = next
  }
  const items = new Int32Array(offsets[rows.length] as number)
  for (let row = 0, at = 0; row < rows.length; row++) {
    const end = Number(from[(rows[row] as number) + 1])
    for (let item = Number(from[rows[row] as number]); item < end; item++) items[at++] = item
  }
  return { offsets, items }
}

/** Values of a dictionary in place of its keys. */
function takeWords(batch: Decoded, rows: Int32Array): ArrowBatch {
  const words = batch.dictionary?.data ?? []
  const [only] = words
  if (only === undefined || words.length > 1) throw new ArrowFault('has a dictionary that grows, which is not read')
  const keys = batch.values as unknown as ArrayLike<number | bigint>
  const at = new Int32Array(rows.length)
  const { nullCount, validity } = takeValidity(batch, rows)
  for (let row = 0; row < rows.length; row++) {
    const isNull = nullCount > 0 && ((validity[row >> 3] as number) & (1 << (row & 7))) === 0
    const key = isNull ? 0 : Number(keys[rows[row] as number])
    if (!(key >= 0 && key < Math.max(1, only.length))) throw new ArrowFault('has a key that its dictionary lacks')
    at[row] = key
  }
  if (only.length === 0) return { length: rows.length, nullCount, validity, ...nothing(only.type, rows.length) }
  const taken = takeRows(only as unknown as ArrowBatch, at)
  if (nullCount === 0) return taken
  return { ...taken, nullCount, validity }
}

/** Buffers of rows that are all null, since their dictionary has no words. */
function nothing(type: DataType, length: number): Pick<ArrowBatch, 'type' | 'offsets' | 'values'> {
  const isText = type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8
  if (isText || type.typeId === Type.Binary || type.typeId === Type.LargeBinary) {
    return { type: isText ? utf8() : binary(), offsets: new Int32Array(length + 1), values: NO_BYTES }
  }
  return { type, values: new Uint8Array(length * widthOf(type)) }
}
