import type { Block } from '../bytes/block.ts'
import { escaped, hexOf } from './scan.ts'

/** Range of an unescaped string in the block's bytes. */
export const unescaped = { start: 0, end: 0 }

/**
 * Writes the string between `start` and `end`, which {@link import('./scan.ts').skipString} has checked, without its
 * escapes behind the block. False when it has half of a surrogate pair, which no UTF-8 can say.
 */
export function unescape(block: Block, start: number, end: number): boolean {
  const first = block.reserve(end - start)
  const { bytes } = block
  let to = first
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte !== 92) {
      bytes[to++] = byte
      continue
    }
    at++
    if (bytes[at] !== 117) {
      bytes[to++] = escaped(bytes[at] as number)
      continue
    }
    let code = codeAt(bytes, at + 1)
    at += 4
    if (code >= 0xd8_00 && code < 0xe0_00) {
      const isPair = code < 0xdc_00 && at + 6 < end && bytes[at + 1] === 92 && bytes[at + 2] === 117
      const low = isPair ? codeAt(bytes, at + 3) : 0
      if (low < 0xdc_00 || low >= 0xe0_00) return false
      code = 0x1_00_00 + ((code - 0xd8_00) << 10) + (low - 0xdc_00)
      at += 6
    }
    to = putUtf8(bytes, to, code)
  }
  block.release(to)
  unescaped.start = first
  unescaped.end = to
  return true
}

function codeAt(bytes: Uint8Array, at: number): number {
  let code = 0
  for (let digit = 0; digit < 4; digit++) code = code * 16 + hexOf(bytes[at + digit] as number)
  return code
}

function putUtf8(bytes: Uint8Array, start: number, code: number): number {
  let to = start
  if (code < 0x80) bytes[to++] = code
  else if (code < 0x8_00) {
    bytes[to++] = 0xc0 | (code >> 6)
    bytes[to++] = 0x80 | (code & 63)
  } else if (code < 0x1_00_00) {
    bytes[to++] = 0xe0 | (code >> 12)
    bytes[to++] = 0x80 | ((code >> 6) & 63)
    bytes[to++] = 0x80 | (code & 63)
  } else {
    bytes[to++] = 0xf0 | (code >> 18)
    bytes[to++] = 0x80 | ((code >> 12) & 63)
    bytes[to++] = 0x80 | ((code >> 6) & 63)
    bytes[to++] = 0x80 | (code & 63)
  }
  return to
}
