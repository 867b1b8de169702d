import { toSelection } from './columns.ts'
import type { View } from '../rows/index.ts'
import { bytesPerRow, READ_TIMEOUT_MS } from '../rows/index.ts'
import type { Projected } from '../lance/index.ts'

/** Most rows of one native take. */
const STEP_ROWS = 4096

/** Row ids of every second pair of words of entries, from word `first` on. */
export function idsOf(entries: Int32Array, words: number, first: number): bigint[] {
  const ids: bigint[] = []
  for (let at = first; at < entries.length; at += words) {
    const [low, high] = [(entries[at] as number) >>> 0, (entries[at + 1] as number) >>> 0]
    ids.push((BigInt(high) << 32n) | BigInt(low))
  }
  return ids
}

/** Rows by id, in steps; `_rowid` tells which came. */
export function takeRows(
  view: View,
  ids: readonly bigint[],
  select: readonly Projected[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  return view.table.take(ids, toSelection(view.manifest.schema, select), {
    timeoutMs: READ_TIMEOUT_MS,
    batchRows: stepOf(view),
    signal,
  })
}

const STEP_BYTES = 16 * 1024 * 1024

function stepOf({ manifest }: View): number {
  const bytes = bytesPerRow(manifest)
  return bytes === 0 ? STEP_ROWS : Math.max(4, Math.min(STEP_ROWS, Math.floor(STEP_BYTES / bytes)))
}
