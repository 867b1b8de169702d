import { totalmem } from 'node:os'
import type { ManifestFragment } from '../format/types.ts'
import { liveRows } from '../indices/index.ts'

const MB = 1024 * 1024
const constrained = process.constrainedMemory()
/** Of this machine, or of the container we are in. */
const MEMORY_BYTES = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()
/** Vectors of one commit. A merge takes about nine times as much memory, and a job may have half of the machine's. */
export const CHUNK_BYTES = Math.min(512 * MB, Math.max(48 * MB, Math.floor(MEMORY_BYTES / 40)))
/** Beside each vector: its key, the hash of its text, and room for the format. */
const ROW_EXTRA_BYTES = 24
const KEY_BYTES = 12

export function rowBytes(dimension: number): number {
  return dimension * 4 + ROW_EXTRA_BYTES
}

/** Commits a fragment is filled in: its rows are cut evenly, so that none of them is larger than a chunk. */
export function partsOf(fragment: ManifestFragment, dimension: number, chunkBytes = CHUNK_BYTES): number {
  return Math.max(1, Math.ceil((liveRows(fragment) * rowBytes(dimension)) / chunkBytes))
}

/**
 * Bytes a column of vectors takes to be written at most. Every commit writes the column of a fragment anew as far as it is
 * filled, so that a fragment filled in k parts is written (k + 1) / 2 times; the keys are indexed before each.
 */
export function bytesToWrite(
  fragments: readonly ManifestFragment[],
  dimension: number,
  chunkBytes = CHUNK_BYTES,
): number {
  const rows = fragments.reduce((sum, { physicalRows }) => sum + physicalRows, 0)
  const columns = fragments.reduce((sum, fragment) => {
    const parts = partsOf(fragment, dimension, chunkBytes)
    return sum + (fragment.physicalRows * rowBytes(dimension) * (parts + 1)) / 2
  }, 0)
  const commits = Math.ceil((rows * rowBytes(dimension)) / chunkBytes)
  return Math.ceil(columns + rows * KEY_BYTES * (1 + commits))
}
