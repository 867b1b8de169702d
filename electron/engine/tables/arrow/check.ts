import { isUtf8 } from 'node:buffer'
import { Type, type Column, type DataType } from '@uwdata/flechette'
import type { ArrowBatch } from '../columns/column.ts'
import { ArrowFault, widthOf } from '../typed/take.ts'

/** A batch as flechette decodes it; offsets have either width. */
type Decoded = ArrowBatch & {
  readonly dictionary?: { readonly data: readonly unknown[] }
  readonly data?: readonly Uint8Array[]
}

const NO_VALUES: ArrayLike<number | bigint> = []

/**
 * Checks that the buffers of a column have what its rows need, offsets go forward inside of what they point at, and text
 * is UTF-8: Arrow files say so themselves, and whoever reads on believes them. Throws an {@link ArrowFault}.
 */
export function checkColumn(column: Column<unknown>): void {
  for (const batch of column.data) check(batch as unknown as Decoded)
}

function check(batch: Decoded): void {
  const { type, length, nullCount } = batch
  if (!(length >= 0 && nullCount >= 0 && nullCount <= length)) throw new ArrowFault('has an impossible count')
  if (type.typeId !== Type.Null && nullCount > 0) need((batch.validity as Uint8Array | undefined)?.length, bits(length))
  switch (type.typeId) {
    case Type.Null:
    case Type.Union:
    case Type.RunEndEncoded:
      return
    case Type.Bool:
      return need(batch.values?.byteLength, bits(length))
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary: {
      const bytes = bytesOf(batch.values)
      checkOffsets(batch, bytes.length)
      if (type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8) checkText(batch, bytes)
      return
    }
    case Type.Utf8View:
    case Type.BinaryView:
      return need(batch.values?.byteLength, length * 16)
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      checkOffsets(batch, childrenOf(batch, 1)[0]?.length ?? 0)
      break
    case Type.ListView:
    case Type.LargeListView:
      need((batch.offsets as ArrayLike<unknown> | undefined)?.length, length)
      break
    case Type.FixedSizeList: {
      const stride = (type as DataType & { readonly stride: number }).stride
      if (!(stride >= 0)) throw new ArrowFault('has vectors of an impossible length')
      need(childrenOf(batch, 1)[0]?.length, length * stride)
      break
    }
    case Type.Struct:
      for (const child of childrenOf(batch, 0)) need(child.length, length)
      break
    case Type.Dictionary:
      need((batch.values as unknown as ArrayLike<unknown> | undefined)?.length, length)
      for (const words of batch.dictionary?.data ?? []) check(words as Decoded)
      return
    default:
      need(batch.values?.byteLength, length * widthOf(type))
  }
  for (const child of childrenOf(batch, 0)) check(child)
}

function need(has: number | undefined, needed: number): void {
  if (!((has ?? 0) >= needed)) throw new ArrowFault('is shorter than its rows need')
}

function bits(length: number): number {
  return Math.ceil(length / 8)
}

function bytesOf(view: ArrayBufferView | undefined): Uint8Array {
  return view === undefined
    ? new Uint8Array(0)
    : new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
}

function childrenOf(batch: Decoded, least: number): readonly Decoded[] {
  const children = batch.children ?? []
  if (children.length < least) throw new ArrowFault('lacks a part of a nested column')
  return children
}

function offsetsOf(batch: Decoded): ArrayLike<number | bigint> {
  return (batch.offsets as ArrayLike<number | bigint> | undefined) ?? NO_VALUES
}

function checkOffsets(batch: Decoded, limit: number): void {
  const offsets = offsetsOf(batch)
  // No rows need no offsets.
  if (batch.length === 0) return
  need(offsets.length, batch.length + 1)
  let before = 0
  for (let row = 0; row <= batch.length; row++) {
    const offset = Number(offsets[row])
    if (!(offset >= before && offset <= limit)) throw new ArrowFault('has a value that lies outside of it')
    before = offset
  }
}

function checkText(batch: Decoded, bytes: Uint8Array): void {
  if (batch.length === 0) return
  const offsets = offsetsOf(batch)
  const end = Number(offsets[batch.length])
  if (!isUtf8(bytes.subarray(Number(offsets[0]), end))) throw new ArrowFault('has text that is not UTF-8')
  for (let row = 1; row < batch.length; row++) {
    const at = Number(offsets[row])
    if (at < end && ((bytes[at] as number) & 0xc0) === 0x80) throw new ArrowFault('has text that is not UTF-8')
  }
}
