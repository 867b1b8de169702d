import { fingerprintRow, type RowsBatch } from '../lance/index.ts'

/** By which an append is found again of which nobody knows whether it was made: Lance takes no mark of ours with a commit. */
export interface AppendProof {
  /** Newest version before it. */
  readonly base: number
  readonly rows: number
  /** Fingerprints of its first and last row. */
  readonly first: string
  readonly last: string
}

/** The rows' part of a proof, by these columns; undefined where there are none. */
export function proveAppend(
  batches: readonly RowsBatch[],
  columns: readonly string[],
): Pick<AppendProof, 'first' | 'last'> | undefined {
  const [first, last] = [batches[0], batches.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return { first: fingerprintRow(first, 0, columns), last: fingerprintRow(last, last.rows - 1, columns) }
}
