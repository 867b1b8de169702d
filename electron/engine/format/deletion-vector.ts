import { readUint32Column } from './arrow-file.ts'
import { damageOf } from './corrupt.ts'
import { readRoaringValues } from './roaring.ts'

/** Deleted rows of one fragment accepted when the caller does not say how many rows it has: 64 MB of numbers. */
const MAX_DELETED_ROWS = 16 * 1024 * 1024

/**
 * Offsets of the deleted rows of a fragment, ascending, each once, from its deletion file (lance-table `deletion.rs`):
 * `.arrow` is an Arrow IPC file of one uint32 column in any order, its buffers usually packed with Zstandard; `.bin` is
 * a portable 32-bit Roaring bitmap. `maxRows` is the fragment's number of physical rows: more deletions than that are
 * damage, and no more than eight bytes each are allocated. Throws `corrupt-data`.
 */
export function decodeDeletionVector(
  bytes: Uint8Array,
  type: 'arrow' | 'bitmap',
  maxRows = MAX_DELETED_ROWS,
): Uint32Array {
  return damageOf('deletion file', () => {
    const offsets = type === 'arrow' ? readUint32Column(bytes, maxRows) : readRoaringValues(bytes, maxRows)
    return toSortedUnique(offsets)
  })
}

function toSortedUnique(offsets: Uint32Array): Uint32Array {
  if (isAscending(offsets)) return offsets
  offsets.sort()
  let kept = 0
  for (const offset of offsets) if (kept === 0 || offsets[kept - 1] !== offset) offsets[kept++] = offset
  return offsets.subarray(0, kept)
}

function isAscending(offsets: Uint32Array): boolean {
  for (let index = 1; index < offsets.length; index++) {
    if ((offsets[index] ?? 0) <= (offsets[index - 1] ?? 0)) return false
  }
  return true
}

/** One bit a physical row, least significant first, set = deleted. Offsets beyond the rows are left out. */
export function toDeletionBitmap(offsets: Uint32Array, physicalRows: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(physicalRows / 8))
  for (const offset of offsets) {
    if (offset < physicalRows) bitmap[offset >> 3] = (bitmap[offset >> 3] ?? 0) | (1 << (offset & 7))
  }
  return bitmap
}
