import { ZSTDDecoder } from 'zstddec'
import { corrupt } from './corrupt.ts'

/** A block of four bytes may stand for 128 KiB: no stream of any length grows by more than this factor. */
const MAX_GROWTH = (128 * 1024) / 4

// Zstandard's own decoder as WebAssembly: whatever the bytes say, it cannot leave its memory. The module is small, and
// compiling it before anything is decoded keeps the decoders of this folder plain functions.
const decoder = new ZSTDDecoder()
await decoder.init()

/**
 * Unpacks Zstandard frames (RFC 8878) into exactly `byteLength` bytes; a length the bytes cannot possibly fill is refused
 * before anything is allocated. Dictionaries are not known. Throws `corrupt-manifest`.
 */
export function unpackZstd(packed: Uint8Array, byteLength: number): Uint8Array {
  if (byteLength > packed.length * MAX_GROWTH) throw corrupt('a compressed part claims an impossible size')
  // The decoder takes a length of zero for one it should find out by itself.
  if (byteLength === 0) return new Uint8Array()
  const bytes = decoder.decode(packed, byteLength)
  // It reports damage as a length that cannot be.
  if (bytes.length !== byteLength) throw corrupt('a compressed part does not unpack to its size')
  return bytes
}
