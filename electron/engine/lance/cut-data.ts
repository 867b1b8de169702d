import type { Data, DataType } from 'apache-arrow'
import { gather, type Limits } from './gather.ts'
import { loadArrow } from './module.ts'

/** What a preview keeps of one column's values; the exact lengths stand beside it, so nothing marks the cut. */
const TOP: Limits = { text: 400, binary: 64, list: 32, mark: new Uint8Array(0) }

/** Bytes of nested content up to which a struct is never cut; below the nested limits of `gather`. */
const STRUCT_KEPT = 100

/** True for types whose values can be long: texts, binaries, lists, maps, and what contains them. Vectors are not cut. */
export function isCuttable(type: DataType): boolean {
  const { DataType: is } = loadArrow()
  if (isBytes(type) || is.isList(type) || is.isMap(type)) return true
  if (is.isStruct(type)) return type.children.some((child) => isCuttable(child.type))
  return is.isFixedSizeList(type) && isCuttable(type.valueType)
}

/**
 * How much of a value a preview keeps for certain: characters, bytes, or elements; bytes of content for structs. Values
 * no longer than this are whole. Zero for lists of values that may be cut themselves: their length does not tell.
 */
export function keptOf(type: DataType): number {
  const { DataType: is } = loadArrow()
  if (is.isUtf8(type) || is.isLargeUtf8(type)) return TOP.text
  if (is.isBinary(type) || is.isLargeBinary(type)) return TOP.binary
  if (!is.isList(type) && !is.isMap(type)) return STRUCT_KEPT
  return type.children.some((child) => isCuttable(child.type)) ? 0 : TOP.list
}

/** A column's values shortened, and their full lengths as int32, null where the value is null. */
export function cutColumn(data: Data): { readonly data: Data; readonly lengths: Data } {
  const arrow = loadArrow()
  const rows = data.length
  const lengths = Int32Array.from({ length: rows }, (_, row) => (data.getValid(row) ? lengthOf(data, row) : 0))
  const cut = gather(data, { starts: [0], ends: [rows] }, TOP)
  const nulls = cut.nullCount > 0 ? { nullBitmap: cut.nullBitmap } : {}
  return { data: cut, lengths: arrow.makeData({ type: new arrow.Int32(), length: rows, data: lengths, ...nulls }) }
}

function isBytes(type: DataType): boolean {
  const { DataType: is } = loadArrow()
  return is.isUtf8(type) || is.isLargeUtf8(type) || is.isBinary(type) || is.isLargeBinary(type)
}

function lengthOf(data: Data, row: number): number {
  const { DataType: is } = loadArrow()
  if (is.isUtf8(data.type) || is.isLargeUtf8(data.type)) {
    return countCharacters(
      data.values as Uint8Array,
      Number(data.valueOffsets[row]),
      Number(data.valueOffsets[row + 1]),
    )
  }
  if (isBytes(data.type) || is.isList(data.type) || is.isMap(data.type)) {
    return Number(data.valueOffsets[row + 1]) - Number(data.valueOffsets[row])
  }
  return contentSize(data, row, row + 1)
}

function countCharacters(bytes: Uint8Array, from: number, to: number): number {
  let characters = 0
  for (let at = from; at < to; at++) if (((bytes[at] as number) & 0xc0) !== 0x80) characters++
  return characters
}

/** Bytes of the texts and binaries in rows [from, to) of a nested array, plus one for every other value. */
function contentSize(data: Data, from: number, to: number): number {
  const { DataType: is } = loadArrow()
  const { type } = data
  if (is.isStruct(type)) return data.children.reduce((sum, child) => sum + contentSize(child, from, to), 0)
  const child = data.children[0]
  if (is.isFixedSizeList(type) && child !== undefined) {
    return contentSize(child, from * type.listSize, to * type.listSize)
  }
  if (!isBytes(type) && !is.isList(type) && !is.isMap(type)) return to - from
  let size = 0
  for (let row = from; row < to; row++) {
    // A null may still span bytes, which nobody sees.
    if (data.nullCount > 0 && !data.getValid(row)) continue
    const start = Number(data.valueOffsets[row])
    const end = Number(data.valueOffsets[row + 1])
    size += child === undefined ? end - start : contentSize(child, start, end)
  }
  return size
}
