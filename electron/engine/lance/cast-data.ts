import type { Data, DataType, Field } from 'apache-arrow'
import { loadArrow } from './module.ts'

/** Turns an array of one type into one of another. */
export type Cast = (data: Data) => Data

const keep: Cast = (data) => data

/** How values of a type become those of another without losing any of them; undefined when they cannot. */
export function castFor(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is } = loadArrow()
  if (isSame(from, to)) return keep
  if (is.isDictionary(from)) return castDictionary(from.dictionary, to)
  if (is.isNull(from)) return (data) => nulls(to, data.length)
  return castNumbers(from, to) ?? castTexts(from, to) ?? castTimes(from, to) ?? castLists(from, to)
}

/** True when the types are the same, so that nothing has to be done. */
export function isSameType(from: DataType, to: DataType): boolean {
  return castFor(from, to) === keep
}

/** apache-arrow tells types apart by their classes, which differ between those that were read and those that were made. */
function isSame(a: DataType, b: DataType): boolean {
  const { DataType: is } = loadArrow()
  if (is.isDecimal(a) && is.isDecimal(b) && a.bitWidth !== b.bitWidth) return false
  return a.typeId === b.typeId && textOfType(a) === textOfType(b)
}

/** As apache-arrow calls it: `Int64`, `Timestamp<MICROSECOND>`. */
export function textOfType(type: { toString(): string }): string {
  return type.toString()
}

/** An array of nulls only. */
export function nulls(type: DataType, length: number): Data {
  const { DataType: is, makeData } = loadArrow()
  const empty = { type, length, nullCount: length, nullBitmap: new Uint8Array(Math.ceil(length / 8)) }
  const make = (parts: object): Data => makeData({ ...empty, ...parts } as never)
  if (is.isNull(type)) return makeData({ type, length })
  if (is.isBool(type)) return make({ data: new Uint8Array(Math.ceil(length / 8)) })
  if (is.isUtf8(type) || is.isBinary(type))
    return make({ valueOffsets: new Int32Array(length + 1), data: new Uint8Array(0) })
  if (is.isLargeUtf8(type) || is.isLargeBinary(type)) {
    return make({ valueOffsets: new BigInt64Array(length + 1), data: new Uint8Array(0) })
  }
  if (is.isList(type) || is.isMap(type)) {
    return make({ valueOffsets: new Int32Array(length + 1), child: nulls(childOf(type).type, 0) })
  }
  if (is.isFixedSizeList(type)) return make({ child: nulls(childOf(type).type, length * type.listSize) })
  if (is.isStruct(type)) return make({ children: type.children.map((child: Field) => nulls(child.type, length)) })
  if (is.isFixedSizeBinary(type)) return make({ data: new Uint8Array(length * type.byteWidth) })
  if (is.isDecimal(type)) return make({ data: new Uint32Array((length * type.bitWidth) / 32) })
  if (is.isDictionary(type)) {
    return make({ data: new type.indices.ArrayType(length), dictionary: vectorOf(nulls(type.dictionary, 0)) })
  }
  return make({ data: new type.ArrayType(length) })
}

function vectorOf(data: Data): unknown {
  const { Vector } = loadArrow()
  return new Vector([data])
}

function childOf(type: DataType): Field {
  const [child] = type.children as readonly Field[]
  if (child === undefined) throw new Error(`${textOfType(type)} without a child`)
  return child
}

type Numbers = Int32Array | Float64Array
type NumbersType = new (length: number) => Numbers

/** Whole numbers into wider ones, and into floats that hold all of them. */
function castNumbers(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is, Precision } = loadArrow()
  if (is.isInt(from) && is.isInt(to)) {
    const fits = from.isSigned ? to.isSigned && to.bitWidth >= from.bitWidth : to.bitWidth > from.bitWidth
    if (!fits) return undefined
    return convert(to, to.bitWidth === 64 && from.bitWidth < 64)
  }
  if (is.isInt(from) && is.isFloat(to)) {
    const exactBits = to.precision === Precision.DOUBLE ? 53 : 24
    return from.bitWidth < exactBits && to.precision !== Precision.HALF ? convert(to, false) : undefined
  }
  if (is.isFloat(from) && is.isFloat(to)) {
    // Half floats are kept as their bits.
    return from.precision !== Precision.HALF && to.precision > from.precision ? convert(to, false) : undefined
  }
  return undefined
}

function convert(to: DataType, toBigInt: boolean): Cast {
  return (data) => {
    const from = data.values as Numbers
    const out = new (to.ArrayType as NumbersType)(data.length)
    if (toBigInt) {
      const wide = out as unknown as BigInt64Array
      for (let row = 0; row < data.length; row++) wide[row] = BigInt(from[row] as number)
    } else {
      for (let row = 0; row < data.length; row++) out[row] = from[row] as number
    }
    return withParts(data, to, { data: out })
  }
}

/** Texts and binaries of either width of offsets. */
function castTexts(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is } = loadArrow()
  const isText = (type: DataType): boolean => is.isUtf8(type) || is.isLargeUtf8(type)
  const isBinary = (type: DataType): boolean => is.isBinary(type) || is.isLargeBinary(type)
  if (!(isText(from) && isText(to)) && !(isBinary(from) && isBinary(to))) return undefined
  const isLarge = is.isLargeUtf8(to) || is.isLargeBinary(to)
  return (data) => {
    const offsets: readonly (number | bigint)[] | ArrayLike<number | bigint> = data.valueOffsets
    const valueOffsets = isLarge ? new BigInt64Array(data.length + 1) : new Int32Array(data.length + 1)
    for (let at = 0; at <= data.length; at++) {
      const offset = offsets[at] ?? 0
      if (isLarge) (valueOffsets as BigInt64Array)[at] = BigInt(offset)
      else (valueOffsets as Int32Array)[at] = Number(offset)
    }
    return withParts(data, to, { valueOffsets, data: data.values })
  }
}

const PER_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const

/** Timestamps into finer units, and days into timestamps, of the same time zone. */
function castTimes(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is, DateUnit } = loadArrow()
  if (!is.isTimestamp(to)) return undefined
  const perSecond = PER_SECOND[to.unit] as bigint
  if (is.isTimestamp(from)) {
    if (to.unit < from.unit || (from.timezone ?? '') !== (to.timezone ?? '')) return undefined
    const factor = perSecond / (PER_SECOND[from.unit] as bigint)
    return (data) => withParts(data, to, { data: (data.values as BigInt64Array).map((value) => value * factor) })
  }
  if (is.isDate(from) && from.unit === DateUnit.DAY && (to.timezone ?? '') === '') {
    const factor = 86_400n * perSecond
    return (data) =>
      withParts(data, to, { data: BigInt64Array.from(data.values as Int32Array, (day) => BigInt(day) * factor) })
  }
  return undefined
}

/** Lists whose items can be cast; those of a fixed size only into the same size. */
function castLists(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is } = loadArrow()
  if (is.isFixedSizeList(from) && is.isFixedSizeList(to)) {
    const ofItems = from.listSize === to.listSize ? castVectorItems(childOf(from).type, childOf(to).type) : undefined
    if (ofItems === undefined) return undefined
    return (data) => withParts(data, to, { child: ofItems(data.children[0] as Data) })
  }
  if (is.isList(from) && is.isList(to)) {
    const ofItems = castFor(childOf(from).type, childOf(to).type)
    if (ofItems === undefined) return undefined
    return (data) => withParts(data, to, { valueOffsets: data.valueOffsets, child: ofItems(data.children[0] as Data) })
  }
  if (is.isStruct(from) && is.isStruct(to)) return castStruct(from, to)
  return undefined
}

/** Vectors are numbers of no more precision than models have: those of 64 bits become 32. */
function castVectorItems(from: DataType, to: DataType): Cast | undefined {
  const { DataType: is, Precision } = loadArrow()
  const isNarrowed =
    is.isFloat(from) && is.isFloat(to) && from.precision === Precision.DOUBLE && to.precision === Precision.SINGLE
  if (isNarrowed) return convert(to, false)
  return castFor(from, to)
}

function castStruct(from: DataType, to: DataType): Cast | undefined {
  const fields = from.children as readonly Field[]
  const casts = (to.children as readonly Field[]).map((field) => {
    const at = fields.findIndex(({ name }) => name === field.name)
    const cast = at === -1 ? undefined : castFor((fields[at] as Field).type, field.type)
    return cast === undefined ? undefined : (data: Data) => cast(data.children[at] as Data)
  })
  if (casts.length !== fields.length || casts.some((cast) => cast === undefined)) return undefined
  return (data) => withParts(data, to, { children: casts.map((cast) => (cast as Cast)(data)) })
}

function castDictionary(values: DataType, to: DataType): Cast | undefined {
  const ofValues = castFor(values, to)
  if (ofValues === undefined) return undefined
  const { makeBuilder } = loadArrow()
  return (data) => {
    const words = data.dictionary
    if (words === undefined) throw new Error('a dictionary column without its dictionary')
    const builder = makeBuilder({ type: values, nullValues: [null] })
    const codes = data.values as Int32Array
    for (let row = 0; row < data.length; row++)
      builder.append(data.getValid(row) ? words.get(Number(codes[row])) : null)
    return ofValues(builder.finish().flush())
  }
}

function withParts(data: Data, type: DataType, parts: object): Data {
  const { nullCount, nullBitmap, length } = data
  return loadArrow().makeData({
    type,
    length,
    nullCount,
    ...(nullCount > 0 ? { nullBitmap } : {}),
    ...parts,
  } as never)
}
