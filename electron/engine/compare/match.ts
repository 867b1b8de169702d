import { setImmediate } from 'node:timers/promises'
import { KeyTable, RECORD_WORDS } from './key-table.ts'

/** Set in the last word of a key made of the whole row, because a column of its key is null. */
export const NULL_KEY = 1

/**
 * Set in the last word of content when the record, of the older side, stands for two rows: one on each side, with this
 * key and equal in all else. Clear in every hashed content.
 */
export const EQUAL_PAIR = 1

const CONTENT = 4
const ID = 6

/** Told what became of each row; rows by their place in the records, `to` rows counted on after those of `from`. */
export interface MatchSink {
  added(to: Int32Array, at: number): void
  removed(from: Int32Array, at: number): void
  changed(to: Int32Array, toAt: number, from: Int32Array, fromAt: number): void
  /** Called now and then, to keep bounds on memory. */
  settle(): Promise<void>
}

/** Counts over the rows of the records matched so far. */
export interface MatchCounts {
  readonly duplicates: { from: number; to: number }
  readonly nullKeys: { from: number; to: number }
  /** Ids of rows with a repeated key, a few, as two words each. */
  readonly examples: { readonly side: 'from' | 'to'; readonly id: bigint }[]
}

const MAX_EXAMPLES = 5

export function newCounts(): MatchCounts {
  return { duplicates: { from: 0, to: 0 }, nullKeys: { from: 0, to: 0 }, examples: [] }
}

/** Rows or keys looked at before other work of the process gets its turn: some ten milliseconds. */
const TURN = 65_536

/** Matches the rows of two sides, one partition of their keys at a time. */
export class RecordMatcher {
  readonly #table = new KeyTable()
  readonly #sink: MatchSink
  readonly #counts: MatchCounts

  constructor(sink: MatchSink, counts: MatchCounts) {
    this.#sink = sink
    this.#counts = counts
  }

  /**
   * Matches all rows of a partition. Rows of one key are paired by equal content first, then in the order they came; what
   * is left is added or removed. So the outcome does not depend on rows that were skipped because they are the same on
   * both sides.
   */
  async match(from: Int32Array, to: Int32Array): Promise<void> {
    const table = this.#table
    table.prepare(from, to)
    // Backwards, so that the chain of a key is in the order its rows came.
    for (let end = (from.length + to.length) / RECORD_WORDS; end > 0; end -= TURN) {
      for (let row = end - 1; row >= Math.max(0, end - TURN); row--) table.add(row)
      if (end > TURN) await setImmediate()
    }
    for (let start = 0; start < table.slots; start += TURN) {
      const end = Math.min(table.slots, start + TURN)
      for (let slot = start; slot < end; slot++) if (!table.isEmpty(slot)) this.#matchKey(from, to, slot)
      await this.#sink.settle()
      await setImmediate()
    }
  }

  #matchKey(from: Int32Array, to: Int32Array, slot: number): void {
    const table = this.#table
    const fromRows = from.length / RECORD_WORDS
    const fromRow = table.fromHead(slot)
    const toRow = table.toHead(slot)
    const isRepeated =
      (fromRow !== -1 && table.next(fromRow) !== -1) ||
      (toRow !== -1 && table.next(toRow) !== -1) ||
      (fromRow !== -1 && toRow !== -1 && isEqualPair(from, fromRow * RECORD_WORDS))
    if (!isRepeated) this.#matchSingle(from, fromRow, to, toRow === -1 ? -1 : toRow - fromRows)
    else {
      const fromAll = chainOf(table, fromRow)
      const toAll = chainOf(table, toRow).map((row) => row - fromRows)
      matchMany(from, fromAll, to, toAll, this.#sink, this.#counts)
    }
  }

  /** At most one row of the key on each side; -1 = none. */
  #matchSingle(from: Int32Array, fromRow: number, to: Int32Array, toRow: number): void {
    const counts = this.#counts
    const fromAt = fromRow * RECORD_WORDS
    const toAt = toRow * RECORD_WORDS
    if (fromRow !== -1 && isNullKey(from, fromAt)) counts.nullKeys.from++
    if (toRow !== -1 && isNullKey(to, toAt)) counts.nullKeys.to++
    if (fromRow === -1) this.#sink.added(to, toAt)
    else if (isEqualPair(from, fromAt)) return
    else if (toRow === -1) this.#sink.removed(from, fromAt)
    else if (!hasSameContent(from, fromAt, to, toAt)) this.#sink.changed(to, toAt, from, fromAt)
  }
}

function chainOf(table: KeyTable, head: number): number[] {
  const rows: number[] = []
  for (let row = head; row !== -1; row = table.next(row)) rows.push(row)
  return rows
}

function matchMany(
  from: Int32Array,
  fromRows: readonly number[],
  to: Int32Array,
  toRows: readonly number[],
  sink: MatchSink,
  counts: MatchCounts,
): void {
  const fromSingles = fromRows.filter((row) => !isEqualPair(from, row * RECORD_WORDS))
  const pairs = fromRows.length - fromSingles.length
  countGroup(from, fromRows[0], fromRows.length, 'from', counts)
  countGroup(to, toRows[0], toRows.length + pairs, 'to', counts)
  const left = new Map<string, number[]>()
  for (const row of fromSingles) {
    const content = contentOf(from, row * RECORD_WORDS)
    const same = left.get(content)
    if (same === undefined) left.set(content, [row])
    else same.push(row)
  }
  // Taken from the end below: the first row of a content has to be the last of its list.
  for (const same of left.values()) same.reverse()
  const toLeft = toRows.filter((row) => left.get(contentOf(to, row * RECORD_WORDS))?.pop() === undefined)
  const fromLeft = [...left.values()].flat().toSorted((a, b) => a - b)
  for (let index = 0; index < Math.max(fromLeft.length, toLeft.length); index++) {
    const [fromRow, toRow] = [fromLeft[index], toLeft[index]]
    if (toRow === undefined) sink.removed(from, (fromRow as number) * RECORD_WORDS)
    else if (fromRow === undefined) sink.added(to, toRow * RECORD_WORDS)
    else sink.changed(to, toRow * RECORD_WORDS, from, fromRow * RECORD_WORDS)
  }
}

/** Counts the rows of one key on one side. `first` is the first that has a record there. */
function countGroup(
  records: Int32Array,
  first: number | undefined,
  rows: number,
  side: 'from' | 'to',
  counts: MatchCounts,
): void {
  if (first !== undefined && isNullKey(records, first * RECORD_WORDS)) {
    counts.nullKeys[side] += rows
    return
  }
  if (rows < 2) return
  counts.duplicates[side] += rows
  if (first === undefined) return
  if (counts.examples.length < MAX_EXAMPLES && !counts.examples.some((example) => example.side !== side)) {
    counts.examples.push({ side, id: idOf(records, first * RECORD_WORDS) })
  }
}

/** Row id of the record at `at`. */
function idOf(records: Int32Array, at: number): bigint {
  const low = (records[at + ID] as number) >>> 0
  const high = (records[at + ID + 1] as number) >>> 0
  return (BigInt(high) << 32n) | BigInt(low)
}

function isNullKey(records: Int32Array, at: number): boolean {
  return ((records[at + 3] as number) & NULL_KEY) !== 0
}

function isEqualPair(records: Int32Array, at: number): boolean {
  return ((records[at + CONTENT + 1] as number) & EQUAL_PAIR) !== 0
}

function hasSameContent(a: Int32Array, aAt: number, b: Int32Array, bAt: number): boolean {
  return a[aAt + CONTENT] === b[bAt + CONTENT] && a[aAt + CONTENT + 1] === b[bAt + CONTENT + 1]
}

function contentOf(records: Int32Array, at: number): string {
  return `${records[at + CONTENT]} ${records[at + CONTENT + 1]}`
}
