import { isCancelled } from '#shared/errors.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { ByteRange, RangeBatch, TableBatch, TableLayout, TablePlan } from '../parsing/index.ts'
import { readAhead } from './read-ahead.ts'
import type { Lane } from './reader.ts'

/** Files from this size on are read in ranges; smaller ones are read before a second thread has started. */
const MIN_BYTES = 16 * 1024 * 1024
export const RANGE_BYTES = 8 * 1024 * 1024

export interface TableToRead {
  readonly plan: TablePlan
  /** Of the file. */
  readonly bytes: number
}

/** How far the file is read: everything before `byte`. */
interface Place {
  readonly byte: number
  readonly line: number
  readonly rows: number
}

/** A range read by guess, from the first line break in it on. */
interface Guess {
  readonly range: ByteRange
  /** Absent = it failed, which may be the guess's fault. */
  readonly batches?: readonly RangeBatch[]
}

/** On two processors a second reader only takes from the one and from Lance: measured, it was 20 % slower. */
const MIN_LANES = 3

/** Whether a file is worth reading by several threads. Going on in the middle, nobody knows which byte the row is at. */
export function isWorthRanges({ plan, bytes }: TableToRead, lanes: readonly Lane[], minBytes = MIN_BYTES): boolean {
  const { kind, compression, columns, skipRows, maxRows } = plan
  const isText = (kind === 'csv' || kind === 'jsonl') && compression === undefined && columns !== undefined
  return isText && lanes.length >= MIN_LANES && bytes >= minBytes && skipRows === 0 && maxRows === undefined
}

/**
 * Reads a table of text in ranges, several at one time, each from the first line break in it on: as if no line break were
 * inside of quotes. Only a range that began exactly where the one before ended is believed; any other is read again from
 * there. So the rows, their lines and their faults are those of a reading from the beginning, whatever is in the file.
 */
export async function* readRanges(
  { plan, bytes }: TableToRead,
  layout: TableLayout,
  lanes: readonly [Lane, ...Lane[]],
  signal: AbortSignal,
  rangeBytes = RANGE_BYTES,
): AsyncGenerator<TableBatch> {
  const { skipRows: _skipRows, maxRows: _maxRows, ...whole } = plan
  const about = { name: plan.name, kind: plan.kind, bytes }
  const read = (lane: Lane, range: ByteRange, until: AbortSignal): AsyncGenerator<RangeBatch> =>
    lane.stream('table.range', { ...whole, layout, range }, about, until)
  const guess = async (range: ByteRange, lane: number, until: AbortSignal): Promise<Guess> => {
    try {
      return { range, batches: await gather(read(lanes[lane] ?? lanes[0], range, until)) }
    } catch (error) {
      if (isCancelled(error) || until.aborted) throw error
      return { range }
    }
  }
  const options = { lanes: lanes.length, weigh: () => 0, maxWeight: 0, signal }
  let place: Place = { byte: layout.start, line: layout.line, rows: 0 }
  for await (const { range, batches } of readAhead(rangesOf(layout, bytes, rangeBytes), options, guess)) {
    if (place.byte >= range.end) continue
    const from = place
    if (batches?.[0]?.firstByte === from.byte) {
      const isExact = range.line !== undefined
      for (const batch of batches) {
        const moved = isExact ? batch : moveLines(batch, from.line - 1)
        place = behind(moved, from)
        if (!isMarker(moved)) yield toBatch(moved, place)
      }
      continue
    }
    const again = read(lanes[0], { start: from.byte, end: range.end, line: from.line }, signal)
    for await (const batch of again) {
      place = behind(batch, from)
      if (!isMarker(batch)) yield toBatch(batch, place)
    }
  }
}

/** The first begins with a row; nobody knows that of the others. The last goes to the end, wherever that is by now. */
function rangesOf({ start, line }: TableLayout, bytes: number, rangeBytes: number): readonly ByteRange[] {
  const ranges: ByteRange[] = []
  for (let at = start; at < bytes || ranges.length === 0; at += rangeBytes) {
    const isLast = at + rangeBytes >= bytes
    const end = isLast ? Number.MAX_SAFE_INTEGER : at + rangeBytes
    ranges.push(at === start ? { start, end, line } : { start: at, end })
  }
  return ranges
}

async function gather<Item>(items: AsyncGenerator<Item>): Promise<readonly Item[]> {
  const gathered: Item[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}

/** The last batch of a range, which has no rows. */
function isMarker({ rows, badCount }: RangeBatch): boolean {
  return rows === 0 && badCount === 0
}

function behind({ bytesRead, nextLine, sourceRows }: RangeBatch, from: Place): Place {
  return { byte: bytesRead, line: nextLine, rows: from.rows + sourceRows }
}

function toBatch({ firstByte: _first, nextLine: _next, ...batch }: RangeBatch, { rows }: Place): TableBatch {
  return { ...batch, sourceRows: rows }
}

function moveLines(batch: RangeBatch, lines: number): RangeBatch {
  const move = (row: BadRow): BadRow => ({ ...row, line: row.line + lines })
  return {
    ...batch,
    badRows: batch.badRows.map(move),
    rejects: batch.rejects.map(move),
    nextLine: batch.nextLine + lines,
  }
}
