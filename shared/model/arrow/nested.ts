import { Type } from '@uwdata/flechette'
import { childBatch, isNullAt, type ArrowBatch } from './batch.ts'
import { fixedBytesAt } from './bytes.ts'
import { bfloat16FromBits, float16FromBits } from './float.ts'
import { NO_MEANING, type FieldMeaning } from './meaning.ts'
import {
  NULL_VALUE,
  type BlobValue,
  type ExactValue,
  type ListValue,
  type StructValue,
  type VectorValue,
} from './value.ts'

/** Reads one value of a child batch. */
export type ReadValue = (batch: ArrowBatch, index: number, meaning: FieldMeaning) => ExactValue

/** A fixed-size list: a vector when its elements are numbers a JS number holds and none is null, else a list. */
export function readFixedList(batch: ArrowBatch, index: number, meaning: FieldMeaning, read: ReadValue): ExactValue {
  const child = childBatch(batch, 0)
  const stride = batch.type.typeId === Type.FixedSizeList ? batch.type.stride : 0
  const start = index * stride
  const element = meaning.children[0] ?? NO_MEANING
  return readVector(child, start, stride, element) ?? listOf(child, start, stride, element, read)
}

export function readList(batch: ArrowBatch, index: number, meaning: FieldMeaning, read: ReadValue): ListValue {
  const child = childBatch(batch, 0)
  const start = Number(batch.offsets[index] ?? 0)
  const sizes = batch.sizes as ArrowBatch['sizes'] | undefined
  const end = sizes === undefined ? Number(batch.offsets[index + 1] ?? 0) : start + Number(sizes[index] ?? 0)
  return listOf(child, start, end - start, meaning.children[0] ?? NO_MEANING, read)
}

export function readStruct(
  batch: ArrowBatch,
  index: number,
  meaning: FieldMeaning,
  read: ReadValue,
): StructValue | BlobValue {
  const names = batch.type.typeId === Type.Struct ? batch.type.children.map((child) => child.name) : []
  const value: StructValue = {
    kind: 'struct',
    names,
    field: (number) => {
      const child = batch.children[number]
      return child === undefined ? NULL_VALUE : read(child, index, meaning.children[number] ?? NO_MEANING)
    },
  }
  return (meaning.special === 'blob' ? toBlob(value) : undefined) ?? value
}

export function readMap(batch: ArrowBatch, index: number, meaning: FieldMeaning, read: ReadValue): ExactValue {
  const entries = childBatch(batch, 0)
  const start = Number(batch.offsets[index] ?? 0)
  const length = Number(batch.offsets[index + 1] ?? 0) - start
  const meanings = meaning.children[0]?.children ?? []
  const part = (which: 0 | 1) => (item: number) =>
    item >= 0 && item < length
      ? read(childBatch(entries, which), start + item, meanings[which] ?? NO_MEANING)
      : NULL_VALUE
  return { kind: 'map', length, key: part(0), value: part(1) }
}

function listOf(child: ArrowBatch, start: number, length: number, element: FieldMeaning, read: ReadValue): ListValue {
  return {
    kind: 'list',
    length,
    item: (index) => (index >= 0 && index < length ? read(child, start + index, element) : NULL_VALUE),
  }
}

function readVector(child: ArrowBatch, start: number, length: number, element: FieldMeaning): VectorValue | undefined {
  for (let index = start; child.nullCount > 0 && index < start + length; index++) {
    if (isNullAt(child, index)) return undefined
  }
  const { type } = child
  if (type.typeId === Type.Int && type.bitWidth < 64) {
    const name = `${type.signed ? 'int' : 'uint'}${type.bitWidth}`
    return { kind: 'vector', values: numbersOf(child, start, length), element: name, precision: null }
  }
  if (type.typeId === Type.Float) {
    const bits = type.precision === 0 ? 16 : type.precision === 1 ? 32 : 64
    const stored = numbersOf(child, start, length)
    const values = bits === 16 ? Float32Array.from(stored, float16FromBits) : stored
    return { kind: 'vector', values, element: `float${bits}`, precision: `float${bits}` }
  }
  if (type.typeId === Type.FixedSizeBinary && type.stride === 2 && element.special === 'bfloat16') {
    const values = Float32Array.from({ length }, (_, index) => {
      const bytes = fixedBytesAt(child, start + index, 2)
      return bfloat16FromBits((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8))
    })
    return { kind: 'vector', values, element: 'bfloat16', precision: 'bfloat16' }
  }
  return undefined
}

/** Callers have checked that the elements are not 64-bit integers. */
function numbersOf(child: ArrowBatch, start: number, length: number): ArrayLike<number> {
  return child.values.subarray(start, start + length) as ArrayLike<unknown> as ArrayLike<number>
}

/** Names and kinds of Lance's blob descriptors: v2 {kind, position, size, blob_id, blob_uri}, legacy {position, size}. */
function toBlob(descriptor: StructValue): BlobValue | undefined {
  const field = (name: string): ExactValue => descriptor.field(descriptor.names.indexOf(name))
  const size = field('size')
  if (size.kind !== 'integer') return undefined
  const kind = field('kind')
  const uri = field('blob_uri')
  return {
    kind: 'blob',
    storage: kind.kind === 'integer' ? (BLOB_STORAGE[Number(kind.value)] ?? 'unknown') : 'legacy',
    size: BigInt(size.value),
    uri: uri.kind === 'string' && uri.value !== '' ? uri.value : null,
    descriptor,
  }
}

const BLOB_STORAGE = ['inline', 'packed', 'dedicated', 'external'] as const
