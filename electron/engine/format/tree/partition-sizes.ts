import { damageOf } from '../corrupt.ts'
import { decodeDataFile } from '../data-file.ts'
import { SparseBytes, type FileSlice, type TailStep } from '../file-footer.ts'
import { findIvf } from './data-file-tree.ts'
import { readPartitions } from './partitions.ts'

/**
 * Rows of each partition from the end of a vector index's `auxiliary.idx`; empty where the file tells none. Asks for ranges
 * as `decodeDataFile` does. Throws `corrupt-data`.
 */
export function readPartitionSizes(slices: readonly FileSlice[], fileBytes: number): TailStep<readonly number[]> {
  const step = decodeDataFile(slices, fileBytes)
  if (step.kind === 'need') return step
  return damageOf('file', () => {
    const ivf = findIvf(step.result)
    if (ivf === undefined) return { kind: 'done', result: [] }
    const bytes = new SparseBytes(slices, fileBytes)
    const range = bytes.missing(ivf.start, ivf.end)
    if (range !== undefined) return { kind: 'need', range }
    return { kind: 'done', result: readPartitions(bytes.slice(ivf.start, ivf.end)).rows }
  })
}
