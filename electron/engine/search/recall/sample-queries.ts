import { decodeVectorRows, type NativeTable } from '../../lance/index.ts'
import { createRandom, shuffled } from './random.ts'

export interface QueryVector {
  readonly vector: readonly number[]
  /** Row it is of; undefined when it was given. */
  readonly rowId?: string
}

/** Rows looked at for every query wanted, before a column full of nulls is given up. */
const MAX_TRIES = 50
/** Rows taken at once. */
const BATCH_ROWS = 1024
const TAKE_TIMEOUT_MS = 120_000

/**
 * Vectors of rows drawn by chance, each row at most once; rows without a usable vector are passed over. Fewer than wanted
 * when there are no more. The same for the same seed and version.
 */
export async function sampleQueries(
  table: NativeTable,
  column: string,
  rows: number,
  { sample, seed }: { readonly sample: number; readonly seed: number },
): Promise<readonly QueryVector[]> {
  const offsets = shuffled(rows, createRandom(seed))
  const found: QueryVector[] = []
  for (let left = sample * MAX_TRIES; left > 0 && found.length < sample; ) {
    const wanted = Math.min(left, BATCH_ROWS, sample - found.length)
    const batch: number[] = []
    for (let next = offsets.next(); next.done !== true; next = offsets.next()) {
      batch.push(next.value)
      if (batch.length >= wanted) break
    }
    if (batch.length === 0) break
    left -= batch.length
    const limits = { timeoutMs: TAKE_TIMEOUT_MS, batchRows: BATCH_ROWS }
    const sorted = batch.sort((a, b) => a - b)
    for await (const file of table.takeAt(sorted, [{ name: column }], limits)) {
      for (const { rowId, vector } of decodeVectorRows(file)) {
        if (vector?.every(Number.isFinite) === true) found.push({ vector, rowId: String(rowId) })
      }
    }
  }
  return found
}
