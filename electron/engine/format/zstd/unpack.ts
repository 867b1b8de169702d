import { corrupt } from '../corrupt.ts'
import type { HuffmanTable } from './huffman.ts'
import { readLiterals, readLittle } from './literals.ts'
import { runSequences, type Output, type SequenceTables } from './sequences.ts'

const MAGIC = 0xfd2fb528
const MAX_BLOCK_BYTES = 128 * 1024
const BLOCK_HEADER_BYTES = 3
const RAW = 0
const RUN = 1
const COMPRESSED = 2
/** A block of four bytes may stand for 128 KiB: no stream of any length grows by more than this factor. */
const MAX_GROWTH = MAX_BLOCK_BYTES / 4

/**
 * Unpacks one Zstandard frame (RFC 8878) into exactly `length` bytes. Written for bytes nobody vouches for: besides the
 * output and one block of literals nothing is allocated, a length the bytes cannot possibly fill is refused before, and
 * every copy is checked before it is made, so that the time is bounded by the two lengths. Dictionaries are not known,
 * checksums not checked. Throws `corrupt-manifest`.
 */
export function unpackZstd(bytes: Uint8Array, length: number): Uint8Array {
  if (length > bytes.length * MAX_GROWTH) throw corrupt('a compressed part claims an impossible size')
  const output: Output = { bytes: new Uint8Array(length), at: 0, offsets: [1, 4, 8] }
  const tables: BlockTables = { huffman: undefined, sequences: {} }
  let at = readFrameHeader(bytes, length)
  for (let isLast = false; !isLast;) {
    const header = readLittle(bytes.subarray(at), BLOCK_HEADER_BYTES)
    const kind = (header >> 1) & 3
    const size = header >> 3
    at += BLOCK_HEADER_BYTES
    const stored = kind === RUN ? 1 : size
    if (at + stored > bytes.length || size > MAX_BLOCK_BYTES) throw corrupt('a compressed part is cut off')
    readBlock(bytes.subarray(at, at + stored), kind, size, tables, output)
    at += stored
    isLast = (header & 1) === 1
  }
  if (output.at !== length) throw corrupt('a compressed part has another size than it says')
  return output.bytes
}

interface BlockTables {
  huffman: HuffmanTable | undefined
  sequences: SequenceTables
}

/** Returns where the first block begins. */
function readFrameHeader(bytes: Uint8Array, length: number): number {
  if (readLittle(bytes, 4) !== MAGIC) throw corrupt('a compressed part is not Zstandard')
  const descriptor = bytes[4] ?? 0
  if ((descriptor & 8) !== 0) throw corrupt('a compressed part is of an unknown kind')
  if ((descriptor & 3) !== 0) throw corrupt('a compressed part needs a dictionary')
  const isSingle = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const sizeBytes = sizeFlag === 0 ? (isSingle ? 1 : 0) : 1 << sizeFlag
  const start = isSingle ? 5 : 6
  const [low, high] = [Math.min(4, sizeBytes), Math.max(0, sizeBytes - 4)]
  const size =
    readLittle(bytes.subarray(start), low) +
    readLittle(bytes.subarray(start + low), high) * 2 ** 32 +
    (sizeFlag === 1 ? 256 : 0)
  if (sizeBytes > 0 && size !== length) throw corrupt('a compressed part has another size than it says')
  return start + sizeBytes
}

function readBlock(block: Uint8Array, kind: number, size: number, tables: BlockTables, output: Output): void {
  const room = output.bytes.length - output.at
  if (kind === COMPRESSED) {
    const literals = readLiterals(block, tables.huffman, Math.min(MAX_BLOCK_BYTES, room))
    tables.huffman = literals.table
    const sections = block.subarray(literals.usedBytes)
    tables.sequences = runSequences(sections, literals.bytes, tables.sequences, output)
    return
  }
  if ((kind !== RAW && kind !== RUN) || size > room) throw corrupt('a compressed part is longer than it says')
  if (kind === RUN) output.bytes.fill(block[0] ?? 0, output.at, output.at + size)
  else output.bytes.set(block, output.at)
  output.at += size
}
