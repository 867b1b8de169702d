import type { ByteRange, RangeBatch, RangePlan, TablePlan } from '../../parsing/index.ts'
import { readRange } from '../../parsing/index.ts'
import { Block } from '../bytes/block.ts'
import type { Cells } from '../bytes/cells.ts'
import { openBytes } from '../bytes/open.ts'
import { readRows } from './read-rows.ts'
import type { TargetColumn } from './table-writer.ts'

const LF = 10
const STEP_BYTES = 64 * 1024

/** What splits rows off a block, and knows its line. */
export interface RowSplitter {
  line: number
  split(cells: Cells, limit: number): number
}

export interface RangeReader {
  readonly splitter: RowSplitter
  readonly stride: number
  readonly targets: readonly TargetColumn[]
  /** As in {@link import('./read-rows.ts').RowSource}. */
  readOn(cells: Cells, block: Block): Promise<number>
}

/** A plan of a whole file, for what only wants to know how it is read. */
export function wholePlan({ layout: _layout, range: _range, ...plan }: RangePlan): TablePlan {
  return { ...plan, skipRows: 0 }
}

/** Reads the rows that begin in a range of a text in UTF-8. */
export async function* readRangeRows(
  plan: RangePlan,
  { splitter, stride, targets, readOn }: RangeReader,
  signal: AbortSignal,
): AsyncGenerator<RangeBatch> {
  const { range, path, name } = plan
  const first = range.line === undefined ? await findRowStart(path, range) : range.start
  splitter.line = range.line ?? 1
  if (first === undefined) {
    yield { ...NOTHING, sourceRows: 0, bytesRead: range.end, firstByte: undefined, nextLine: splitter.line }
    return
  }
  const bytes = openBytes({ path, name, start: first, isAligned: true })
  const block = new Block(bytes.chunks)
  const positionOf = (at: number): number => first + block.received - (block.end - at)
  const isOver = (): boolean => positionOf(block.start) >= range.end
  const split = (cells: Cells, limit: number): number => {
    if (positionOf(block.end) <= range.end) return splitter.split(cells, limit)
    let rows = 0
    while (rows < limit && !isOver()) {
      const taken = splitter.split(cells, 1)
      if (taken === 0) break
      rows += taken
    }
    return rows
  }
  const source = {
    block,
    stride,
    split,
    isOver,
    readOn: (cells: Cells) => readOn(cells, block),
    bytesRead: bytes.bytesRead,
    close: async () => void (await bytes.chunks.return(undefined)),
  }
  let sourceRows = 0
  const here = () => ({ bytesRead: positionOf(block.start), firstByte: first, nextLine: splitter.line })
  for await (const batch of readRows(wholePlan(plan), source, targets, signal)) {
    sourceRows = batch.sourceRows
    yield { ...batch, ...here() }
  }
  yield { ...NOTHING, sourceRows, ...here() }
}

const NOTHING = { arrow: new Uint8Array(0), rows: 0, badRows: [], rejects: [], badCount: 0 } as const

/** Behind the first line break from the byte before the range on: a row that begins with the range is its first. */
async function findRowStart(path: string, { start, end }: ByteRange): Promise<number | undefined> {
  for (let at = Math.max(0, start - 1); at < end - 1; at += STEP_BYTES) {
    const piece = await readRange(path, at, Math.min(STEP_BYTES, end - 1 - at))
    const found = piece.indexOf(LF)
    if (found >= 0) return at + found + 1
    if (piece.length === 0) return undefined
  }
  return undefined
}
