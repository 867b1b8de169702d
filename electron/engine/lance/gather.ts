import type { Data, DataType } from 'apache-arrow'
import { loadArrow } from './module.ts'

/** Rows [start, end) of an Arrow array, as parallel lists; ranges ascend and do not overlap. */
export interface Ranges {
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
}

/** How much of each value is kept. */
export interface Limits {
  /** Characters (code points). */
  readonly text: number
  /** Bytes. */
  readonly binary: number
  /** Elements of a list or entries of a map. */
  readonly list: number
  /** Written after a cut text, so that it cannot pass for a whole one where no length stands beside it. */
  readonly mark: Uint8Array
  /** Nothing is cut, inside of lists neither. */
  readonly isWhole?: true
}

/** Limits inside lists, maps and structs. */
const NESTED: Limits = { text: 100, binary: 128, list: 128, mark: new TextEncoder().encode('…') }

const UNCUT: Limits = { text: Infinity, binary: Infinity, list: Infinity, mark: new Uint8Array(0), isWhole: true }

/** A new array of the rows in `ranges`, whole. */
export function pickRows(data: Data, ranges: Ranges): Data {
  return gather(data, ranges, UNCUT)
}

/** A new array of the rows in `ranges`, texts, binaries, lists and maps shortened to `limits`, nested ones to {@link NESTED}. */
export function gather(data: Data, ranges: Ranges, limits: Limits): Data {
  const nested = limits.isWhole === true ? limits : NESTED
  const arrow = loadArrow()
  const { DataType: is } = arrow
  const type: DataType = data.type
  const length = countRows(ranges)
  const nullBitmap = data.nullCount > 0 ? gatherBits(data.nullBitmap, data.offset, ranges, length) : undefined
  const base = { type, length, ...(nullBitmap === undefined ? {} : { nullBitmap }) }
  const make = (parts: object): Data => arrow.makeData({ ...base, ...parts } as never)

  if (is.isNull(type)) return make({})
  if (is.isBool(type)) return make({ data: gatherBits(data.values as Uint8Array, data.offset, ranges, length) })
  if (is.isUtf8(type) || is.isLargeUtf8(type)) {
    return make(
      gatherBytes(data, ranges, length, (bytes, from, to) => textEnd(bytes, from, to, limits.text), limits.mark),
    )
  }
  if (is.isBinary(type) || is.isLargeBinary(type)) {
    return make(gatherBytes(data, ranges, length, (_, from, to) => Math.min(to, from + limits.binary), undefined))
  }
  if (is.isList(type) || is.isMap(type)) {
    const { offsets, inner } = gatherOffsets(data, ranges, length, limits.list)
    return make({ valueOffsets: offsets, child: gather(data.children[0] as Data, inner, nested) })
  }
  if (is.isFixedSizeList(type)) {
    return make({ child: gather(data.children[0] as Data, scale(ranges, type.listSize), nested) })
  }
  if (is.isStruct(type)) return make({ children: data.children.map((child) => gather(child, ranges, nested)) })
  const values = gatherFixed(data.values as FixedValues, ranges, length, strideOf(type))
  return is.isDictionary(type) ? make({ data: values, dictionary: data.dictionary }) : make({ data: values })
}

/** Position after at most `limit` characters of UTF-8. */
function textEnd(bytes: Uint8Array, from: number, to: number, limit: number): number {
  if (to - from <= limit) return to
  let characters = 0
  for (let at = from; at < to; at++) {
    if (((bytes[at] as number) & 0xc0) === 0x80) continue
    if (characters === limit) return at
    characters++
  }
  return to
}

function countRows(ranges: Ranges): number {
  let rows = 0
  for (let i = 0; i < ranges.starts.length; i++) rows += (ranges.ends[i] as number) - (ranges.starts[i] as number)
  return rows
}

function* rowsOf(ranges: Ranges): Generator<number> {
  for (let i = 0; i < ranges.starts.length; i++) {
    for (let row = ranges.starts[i] as number; row < (ranges.ends[i] as number); row++) yield row
  }
}

function gatherBits(bits: Uint8Array, offset: number, ranges: Ranges, length: number): Uint8Array {
  const out = new Uint8Array((length + 7) >> 3)
  let to = 0
  for (const row of rowsOf(ranges)) {
    const from = offset + row
    if (((bits[from >> 3] as number) >> (from & 7)) & 1) out[to >> 3] = (out[to >> 3] as number) | (1 << (to & 7))
    to++
  }
  return out
}

type FindEnd = (bytes: Uint8Array, from: number, to: number) => number

function gatherBytes(
  data: Data,
  ranges: Ranges,
  length: number,
  findEnd: FindEnd,
  mark: Uint8Array | undefined,
): object {
  const bytes = data.values as Uint8Array
  const pieces: Uint8Array[] = []
  const offsets = new Float64Array(length + 1)
  let size = 0
  let index = 0
  for (const row of rowsOf(ranges)) {
    const from = Number(data.valueOffsets[row])
    const to = isNull(data, row) ? from : Number(data.valueOffsets[row + 1])
    const end = findEnd(bytes, from, to)
    if (end > from) pieces.push(bytes.subarray(from, end))
    size += end - from
    if (end < to && mark !== undefined) {
      pieces.push(mark)
      size += mark.length
    }
    offsets[++index] = size
  }
  const isLarge = (data.valueOffsets as unknown) instanceof BigInt64Array
  return {
    valueOffsets: isLarge ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets),
    data: Buffer.concat(pieces),
  }
}

function gatherOffsets(
  data: Data,
  ranges: Ranges,
  length: number,
  limit: number,
): { offsets: Int32Array; inner: Ranges } {
  const offsets = new Int32Array(length + 1)
  const starts = new Int32Array(length)
  const ends = new Int32Array(length)
  let index = 0
  for (const row of rowsOf(ranges)) {
    const from = data.valueOffsets[row] as number
    const to = isNull(data, row) ? from : Math.min(data.valueOffsets[row + 1] as number, from + limit)
    starts[index] = from
    ends[index] = to
    offsets[index + 1] = (offsets[index] as number) + to - from
    index++
  }
  return { offsets, inner: { starts, ends } }
}

/** Nulls may span values that nobody sees; those are not copied. */
function isNull(data: Data, row: number): boolean {
  return data.nullCount > 0 && !data.getValid(row)
}

function scale(ranges: Ranges, factor: number): Ranges {
  const times = (value: number): number => value * factor
  return { starts: Array.from(ranges.starts, times), ends: Array.from(ranges.ends, times) }
}

type FixedValues = Uint8Array | BigInt64Array

function gatherFixed(values: FixedValues, ranges: Ranges, length: number, stride: number): FixedValues {
  const Values = values.constructor as new (length: number) => Uint8Array
  const out = new Values(length * stride)
  let at = 0
  for (let i = 0; i < ranges.starts.length; i++) {
    const part = (values as Uint8Array).subarray(
      (ranges.starts[i] as number) * stride,
      (ranges.ends[i] as number) * stride,
    )
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Elements of the values array per row, as apache-arrow 18.1 lays them out. */
function strideOf(type: DataType): number {
  const { DataType: is } = loadArrow()
  if (is.isDecimal(type)) return type.bitWidth / 32
  if (is.isFixedSizeBinary(type)) return type.byteWidth
  return is.isInterval(type) ? 1 + type.unit : 1
}
