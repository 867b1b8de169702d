import { decompress } from 'fzstd'
import { corrupt } from './corrupt.ts'

/** A block of four bytes may stand for 128 KiB: no Zstandard stream of any length grows by more than this factor. */
export const ZSTD_MAX_GROWTH = 32_768

/**
 * Unpacks one Zstandard stream (RFC 8878) into exactly `length` bytes. The decoder writes into a buffer of that length,
 * whatever sizes the stream claims, and a length its bytes cannot possibly fill is refused before anything is allocated.
 */
export function unpackZstd(bytes: Uint8Array, length: number): Uint8Array {
  if (length > bytes.length * ZSTD_MAX_GROWTH) throw corrupt('a compressed part claims an impossible size')
  const target = new Uint8Array(length)
  let unpacked: Uint8Array
  try {
    unpacked = decompress(bytes, target)
  } catch {
    throw corrupt('a compressed part cannot be unpacked')
  }
  if (unpacked.length !== length) throw corrupt('a compressed part has another size than it says')
  return unpacked
}
