import { toSelection } from './columns.ts'
import { readRowCount, type Projected } from '../lance/index.ts'
import { bytesPerRow, type View } from '../rows/index.ts'
import { createDeletionReader, rowsOnlyMine } from './deletions.ts'
import type { FragmentRead, SideReads } from './reads.ts'
import type { Side } from './side.ts'

/** Rows as Lance sent them; where not all of them are wanted, `wanted` tells. */
export interface ReadBatch {
  readonly file: Uint8Array
  /** One byte a row, 1 = wanted; absent = all. */
  readonly wanted?: Uint8Array
}

export interface SideReader {
  readonly side: Side
  readonly other: Side
  readonly view: View
  readonly select: readonly Projected[]
  readonly signal: AbortSignal
}

/** Rows of one native stream: its time limit covers reading and hashing them. */
const SLICE_ROWS = 1_000_000
const SLICE_TIMEOUT_MS = 600_000
/** Largest batch: fewer cost more time, larger ones more memory. */
const BATCH_ROWS = 16_384
const BATCH_BYTES = 8 * 1024 * 1024
/** Single rows gathered before they are read. */
const PICKED_ROWS = 65_536
/** Fewer rows than this are not worth a read of their own. */
const FEW_ROWS = 256
/** Rows of a fragment above this share are cheaper to read past than to pick. */
const DENSE_SHARE = 0.1

/** Reads what a plan asks for, in storage order, one batch ahead of the consumer. */
export function readSide(reader: SideReader, { reads }: SideReads): AsyncGenerator<ReadBatch> {
  return readAhead(readAll(reader, reads))
}

async function* readAll(reader: SideReader, reads: readonly FragmentRead[]): AsyncGenerator<ReadBatch> {
  const mine = createDeletionReader(reader.side)
  const theirs = createDeletionReader(reader.other)
  // Rows picked from fragments in a row are asked for together: few in each of ten thousand are one read, not as many.
  let offsets: number[] = []
  for (const read of reads) {
    reader.signal.throwIfAborted()
    const positions =
      read.kind === 'whole' ? undefined : rowsOnlyMine(await mine(read.fragment), await theirs(read.other))
    if (positions !== undefined && !isDense(positions)) {
      for (const position of positions) offsets.push(read.start + position)
      if (offsets.length < PICKED_ROWS) continue
    }
    yield* readOffsets(reader, offsets)
    offsets = []
    if (read.kind === 'whole') yield* readWindow(reader, read.start, read.rows)
    else if (positions !== undefined && isDense(positions)) yield* readAmong(reader, read.start, positions)
  }
  yield* readOffsets(reader, offsets)
}

/** True when reading past the rows between is cheaper than picking single ones. */
function isDense(positions: Float64Array): boolean {
  const [first, last] = [positions[0], positions.at(-1)]
  if (first === undefined || last === undefined || positions.length < FEW_ROWS) return false
  return positions.length > (last - first + 1) * DENSE_SHARE
}

async function* readWindow(reader: SideReader, start: number, rows: number): AsyncGenerator<ReadBatch> {
  const { view, select, signal } = reader
  const limits = { timeoutMs: SLICE_TIMEOUT_MS, batchRows: batchRowsOf(reader), signal }
  for (let offset = start; offset < start + rows; offset += SLICE_ROWS) {
    const limit = Math.min(SLICE_ROWS, start + rows - offset)
    for await (const file of view.table.page(toSelection(view.manifest.schema, select), { offset, limit }, limits))
      yield { file }
  }
}

async function* readOffsets(reader: SideReader, offsets: readonly number[]): AsyncGenerator<ReadBatch> {
  if (offsets.length === 0) return
  const { view, select, signal } = reader
  const limits = { timeoutMs: SLICE_TIMEOUT_MS, batchRows: batchRowsOf(reader), signal }
  for await (const file of view.table.takeAt(offsets, toSelection(view.manifest.schema, select), limits)) yield { file }
}

async function* readAmong(reader: SideReader, start: number, positions: Float64Array): AsyncGenerator<ReadBatch> {
  const [first = 0, last = 0] = [positions[0], positions.at(-1)]
  let next = 0
  let position = first
  for await (const { file } of readWindow(reader, start + first, last - first + 1)) {
    const wanted = new Uint8Array(readRowCount(file))
    for (let row = 0; row < wanted.length; row++, position++) {
      if (positions[next] !== position) continue
      wanted[row] = 1
      next++
    }
    yield { file, wanted }
  }
}

/** Asks for the next item before the one at hand is used, so that Lance works meanwhile. */
async function* readAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const item = await next
      if (item.done === true) return
      next = items.next()
      // Observed by the next turn; a failure before it must not count as unhandled.
      next.catch(() => undefined)
      yield item.value
    }
  } finally {
    await items.return(undefined)
  }
}

/** Rows per batch by the stored bytes per row of all columns: an estimate, for memory only. */
function batchRowsOf({ side }: SideReader): number {
  const bytes = bytesPerRow(side.manifest)
  return bytes === 0 ? BATCH_ROWS : Math.max(4, Math.min(BATCH_ROWS, Math.floor(BATCH_BYTES / bytes)))
}
