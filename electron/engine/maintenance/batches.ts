import type { ManifestFragment } from '../format/types.ts'
import { liveRows } from '../indices/index.ts'

/** Live rows of one fragment by their position in it: [from, to). */
export interface Piece {
  readonly fragment: ManifestFragment
  readonly from: number
  readonly to: number
}

/** Rows that are written into one new fragment. */
export interface Batch {
  readonly rows: number
  readonly pieces: readonly Piece[]
}

/** A batch is asked for by the addresses of its pieces, in one condition. */
const MAX_PIECES = 500

/** Cuts the live rows of fragments, in their order, into batches of so many rows; the last one has what is left. */
export function cutBatches(fragments: readonly ManifestFragment[], rowsPerBatch: number): readonly Batch[] {
  const batches: Batch[] = []
  let pieces: Piece[] = []
  let rows = 0
  const close = (): void => {
    if (rows > 0) batches.push({ rows, pieces })
    pieces = []
    rows = 0
  }
  for (const fragment of fragments) {
    const live = liveRows(fragment)
    for (let from = 0; from < live;) {
      const to = Math.min(live, from + rowsPerBatch - rows)
      pieces.push({ fragment, from, to })
      rows += to - from
      from = to
      if (rows === rowsPerBatch || pieces.length === MAX_PIECES) close()
    }
  }
  close()
  return batches
}

/** True when a batch is exactly one fragment that has no deleted rows: rewriting it changes nothing. */
export function isAsWanted({ pieces }: Batch): boolean {
  const [piece] = pieces
  return (
    pieces.length === 1 &&
    piece !== undefined &&
    (piece.fragment.deletion?.deletedRows ?? 0) === 0 &&
    piece.from === 0 &&
    piece.to === piece.fragment.physicalRows
  )
}
