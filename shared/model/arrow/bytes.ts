import { Type } from '@uwdata/flechette'
import type { ArrowBatch } from './batch.ts'

// Not the library's own text decoder: that one drops a leading byte order mark, which is part of the value.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Decodes UTF-8, byte order mark included. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Bytes of a string or binary cell, sharing memory with the page. */
export function bytesAt(batch: ArrowBatch, index: number): Uint8Array {
  if (batch.type.typeId === Type.Utf8View || batch.type.typeId === Type.BinaryView) {
    return (batch as ArrowBatch & { view(index: number): Uint8Array }).view(index)
  }
  const values = batch.values as Uint8Array
  return values.subarray(Number(batch.offsets[index] ?? 0), Number(batch.offsets[index + 1] ?? 0))
}

/** Bytes of a fixed-size binary cell. */
export function fixedBytesAt(batch: ArrowBatch, index: number, stride: number): Uint8Array {
  return (batch.values as Uint8Array).subarray(index * stride, (index + 1) * stride)
}

/** 16 bytes as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
export function formatUuid(bytes: Uint8Array): string {
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Lower-case hexadecimal without separators. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  // In slices: spreading a megabyte into arguments overflows the stack.
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return btoa(binary)
}
