/** Words of a row's record: key (4), content (2), row id (2). */
export const RECORD_WORDS = 8
/** Set in the last word of a key made of the whole row, because a column of its key is null. */
export const NULL_KEY = 1

const CONTENT = 4
const ID = 6

/** Told what became of each row; rows by their place in the records, `to` rows counted on after those of `from`. */
export interface MatchSink {
  added(to: Int32Array, at: number): void
  removed(from: Int32Array, at: number): void
  changed(to: Int32Array, toAt: number, from: Int32Array, fromAt: number): void
}

/** Counts over the rows of the records matched so far. */
export interface MatchCounts {
  unchanged: number
  readonly duplicates: { from: number; to: number }
  readonly nullKeys: { from: number; to: number }
  /** Ids of rows with a repeated key, a few, as two words each. */
  readonly examples: { readonly side: 'from' | 'to'; readonly id: bigint }[]
}

const MAX_EXAMPLES = 5

export function newCounts(): MatchCounts {
  return { unchanged: 0, duplicates: { from: 0, to: 0 }, nullKeys: { from: 0, to: 0 }, examples: [] }
}

/**
 * Matches the rows of two sides whose keys fall into one partition. Rows of one key are paired by equal content first,
 * then in the order they came; what is left is added or removed. So the outcome does not depend on rows that were
 * skipped because they are the same on both sides.
 */
export function matchRecords(from: Int32Array, to: Int32Array, sink: MatchSink, counts: MatchCounts): void {
  const fromRows = from.length / RECORD_WORDS
  const rows = fromRows + to.length / RECORD_WORDS
  const table = new KeyTable(from, to)
  // Backwards, so that the chain of a key is in the order its rows came.
  for (let row = rows - 1; row >= 0; row--) table.add(row)
  table.forEach((fromRow, toRow) => {
    const group = { from, to, fromRow, toRow: toRow === -1 ? -1 : toRow - fromRows }
    if (!table.isChain(fromRow) && !table.isChain(toRow)) matchSingle(group, sink, counts)
    else {
      const fromAll = table.chainOf(fromRow)
      const toAll = table.chainOf(toRow).map((row) => row - fromRows)
      matchMany(from, fromAll, to, toAll, sink, counts)
    }
  })
}

interface Single {
  readonly from: Int32Array
  readonly to: Int32Array
  /** -1 = none. */
  readonly fromRow: number
  readonly toRow: number
}

function matchSingle({ from, to, fromRow, toRow }: Single, sink: MatchSink, counts: MatchCounts): void {
  const [fromAt, toAt] = [fromRow * RECORD_WORDS, toRow * RECORD_WORDS]
  if (fromRow !== -1 && isNullKey(from, fromAt)) counts.nullKeys.from++
  if (toRow !== -1 && isNullKey(to, toAt)) counts.nullKeys.to++
  if (toRow === -1) sink.removed(from, fromAt)
  else if (fromRow === -1) sink.added(to, toAt)
  else if (hasSameContent(from, fromAt, to, toAt)) counts.unchanged++
  else sink.changed(to, toAt, from, fromAt)
}

function matchMany(
  from: Int32Array,
  fromRows: readonly number[],
  to: Int32Array,
  toRows: readonly number[],
  sink: MatchSink,
  counts: MatchCounts,
): void {
  countGroup(from, fromRows, 'from', counts)
  countGroup(to, toRows, 'to', counts)
  const left = new Map<string, number[]>()
  for (const row of fromRows) {
    const content = contentOf(from, row * RECORD_WORDS)
    const same = left.get(content)
    if (same === undefined) left.set(content, [row])
    else same.push(row)
  }
  // Taken from the end below: the first row of a content has to be the last of its list.
  for (const same of left.values()) same.reverse()
  const toLeft = toRows.filter((row) => {
    const isPaired = left.get(contentOf(to, row * RECORD_WORDS))?.pop() !== undefined
    if (isPaired) counts.unchanged++
    return !isPaired
  })
  const fromLeft = [...left.values()].flat().toSorted((a, b) => a - b)
  for (let index = 0; index < Math.max(fromLeft.length, toLeft.length); index++) {
    const [fromRow, toRow] = [fromLeft[index], toLeft[index]]
    if (toRow === undefined) sink.removed(from, (fromRow as number) * RECORD_WORDS)
    else if (fromRow === undefined) sink.added(to, toRow * RECORD_WORDS)
    else sink.changed(to, toRow * RECORD_WORDS, from, fromRow * RECORD_WORDS)
  }
}

function countGroup(records: Int32Array, rows: readonly number[], side: 'from' | 'to', counts: MatchCounts): void {
  const [first] = rows
  if (first === undefined) return
  if (isNullKey(records, first * RECORD_WORDS)) {
    counts.nullKeys[side] += rows.length
    return
  }
  if (rows.length === 1) return
  counts.duplicates[side] += rows.length
  if (counts.examples.length < MAX_EXAMPLES && !counts.examples.some((example) => example.side !== side)) {
    counts.examples.push({ side, id: idOf(records, first * RECORD_WORDS) })
  }
}

/** Row id of the record at `at`. */
export function idOf(records: Int32Array, at: number): bigint {
  const low = (records[at + ID] as number) >>> 0
  const high = (records[at + ID + 1] as number) >>> 0
  return (BigInt(high) << 32n) | BigInt(low)
}

function isNullKey(records: Int32Array, at: number): boolean {
  return ((records[at + 3] as number) & NULL_KEY) !== 0
}

function hasSameContent(a: Int32Array, aAt: number, b: Int32Array, bAt: number): boolean {
  return a[aAt + CONTENT] === b[bAt + CONTENT] && a[aAt + CONTENT + 1] === b[bAt + CONTENT + 1]
}

function contentOf(records: Int32Array, at: number): string {
  return `${records[at + CONTENT]} ${records[at + CONTENT + 1]}`
}

/** Rows of both sides by key, as chains: an open-addressing table over the records themselves. */
class KeyTable {
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #fromRows: number
  /** Number + 1 of some row with the slot's key. */
  readonly #slots: Int32Array
  readonly #fromHeads: Int32Array
  readonly #toHeads: Int32Array
  readonly #next: Int32Array

  constructor(from: Int32Array, to: Int32Array) {
    this.#from = from
    this.#to = to
    this.#fromRows = from.length / RECORD_WORDS
    const rows = (from.length + to.length) / RECORD_WORDS
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, rows * 1.5)))
    this.#slots = new Int32Array(size)
    this.#fromHeads = new Int32Array(size).fill(-1)
    this.#toHeads = new Int32Array(size).fill(-1)
    this.#next = new Int32Array(rows)
  }

  add(row: number): void {
    const slot = this.#find(row)
    this.#slots[slot] ||= row + 1
    const heads = row < this.#fromRows ? this.#fromHeads : this.#toHeads
    this.#next[row] = heads[slot] as number
    heads[slot] = row
  }

  /** First rows of every key; -1 where a side has none. */
  forEach(visit: (fromRow: number, toRow: number) => void): void {
    for (let slot = 0; slot < this.#slots.length; slot++) {
      if (this.#slots[slot] !== 0) visit(this.#fromHeads[slot] as number, this.#toHeads[slot] as number)
    }
  }

  isChain(row: number): boolean {
    return row !== -1 && this.#next[row] !== -1
  }

  chainOf(head: number): number[] {
    const rows: number[] = []
    for (let row = head; row !== -1; row = this.#next[row] as number) rows.push(row)
    return rows
  }

  #find(row: number): number {
    const mask = this.#slots.length - 1
    const records = row < this.#fromRows ? this.#from : this.#to
    const at = (row < this.#fromRows ? row : row - this.#fromRows) * RECORD_WORDS
    // Row ids serve as keys too, hence the mixing.
    let slot =
      (Math.imul((records[at] as number) ^ Math.imul(records[at + 1] as number, 0x85ebca6b), 0xc2b2ae35) >>> 7) & mask
    for (;;) {
      const other = (this.#slots[slot] as number) - 1
      if (other === -1 || this.#isSameKey(records, at, other)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isSameKey(records: Int32Array, at: number, other: number): boolean {
    const others = other < this.#fromRows ? this.#from : this.#to
    const otherAt = (other < this.#fromRows ? other : other - this.#fromRows) * RECORD_WORDS
    return (
      records[at] === others[otherAt] &&
      records[at + 1] === others[otherAt + 1] &&
      records[at + 2] === others[otherAt + 2] &&
      records[at + 3] === others[otherAt + 3]
    )
  }
}
