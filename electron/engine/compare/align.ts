import { countEqualRows, type ColumnBytes } from '../lance/index.ts'

/** What is known of a row before any hash: nothing, that it is half of an equal pair, or that it is not wanted. */
export const OPEN = 0
export const PAIRED = 1
export const UNWANTED = 2

/** The rows of a batch while they are aligned with those of the other side. */
export interface AlignedRows {
  readonly rows: number
  /** {@link OPEN}, {@link PAIRED} or {@link UNWANTED} for every row. */
  readonly marks: Uint8Array
  /** The first row not looked at yet. */
  next: number
  /** The columns that make the key. */
  keyBytes(): readonly ColumnBytes[]
  /** All columns, those of the key first. */
  bytes(): readonly ColumnBytes[]
}

/** Rows compared in one go: of a run that ends early the rest was compared for nothing. */
const STEP = 256
/** Comparisons of single rows allowed before any pair is found, and at most saved up: a few batches' worth. */
const MAX_CREDIT = 262_144
/** Comparisons a pair earns: its rows need no hashes, which cost more than a hundred of them. */
const EARNED_BY_PAIR = 4
/** Comparisons earned by waiting for the next batch, so that after a stretch in another order there is another try. */
const EARNED_BY_BATCH = 4096
/** Credit needed to try again: some searches through a whole batch. */
const NEW_TRY = 131_072

/**
 * Finds rows that are equal on both sides by their place: after rows were rewritten they mostly stand in the order they
 * had. Two rows are paired only where all their values are equal byte by byte, so whatever is paired leaves the rest to be
 * matched as if neither had been there. Where an order has nothing in common it soon stops trying.
 */
export class Aligner {
  readonly #hasKey: boolean
  #credit = MAX_CREDIT
  #isTrying = true

  constructor(hasKey: boolean) {
    this.#hasKey = hasKey
  }

  /** Marks pairs among the rows of two batches, until all rows of one of them were looked at. */
  align(a: AlignedRows, b: AlignedRows): void {
    if (!this.#isTrying) {
      this.#credit += EARNED_BY_BATCH
      this.#isTrying = this.#credit >= NEW_TRY
    }
    while (this.#isTrying && a.next < a.rows && b.next < b.rows) this.#step(a, b)
    if (this.#isTrying) return
    a.next = a.rows
    b.next = b.rows
  }

  #step(a: AlignedRows, b: AlignedRows): void {
    const count = Math.min(STEP, a.rows - a.next, b.rows - b.next)
    const equal = countEqualRows(a.bytes(), a.next, b.bytes(), b.next, count)
    a.marks.fill(PAIRED, a.next, a.next + equal)
    b.marks.fill(PAIRED, b.next, b.next + equal)
    a.next += equal
    b.next += equal
    this.#credit = Math.min(MAX_CREDIT, this.#credit + equal * EARNED_BY_PAIR)
    if (equal < count) this.#skipDifference(a, b)
    if (this.#credit <= 0) this.#isTrying = false
  }

  /** Passes rows that have no counterpart here, up to where both sides agree again, or to the end of a batch. */
  #skipDifference(a: AlignedRows, b: AlignedRows): void {
    if (this.#hasKey && this.#agree(a, 0, b, 0)) {
      a.next++
      b.next++
      return
    }
    const [left, right] = [a.rows - a.next, b.rows - b.next]
    for (let ahead = 1; ahead < Math.max(left, right) && this.#credit > 0; ahead++) {
      const isInA = ahead < left && this.#agree(a, ahead, b, 0)
      const isInB = !isInA && ahead < right && this.#agree(a, 0, b, ahead)
      const isInBoth = !isInA && !isInB && ahead < left && ahead < right && this.#agree(a, ahead, b, ahead)
      if (!isInA && !isInB && !isInBoth) continue
      if (!isInB) a.next += ahead
      if (!isInA) b.next += ahead
      return
    }
    // What follows the shorter rest may agree with the longer one.
    if (left <= right) a.next = a.rows
    else b.next = b.rows
  }

  /** True when two rows have the same key, or without a key the same values. */
  #agree(a: AlignedRows, ahead: number, b: AlignedRows, otherAhead: number): boolean {
    this.#credit--
    const [bytes, others] = this.#hasKey ? [a.keyBytes(), b.keyBytes()] : [a.bytes(), b.bytes()]
    return countEqualRows(bytes, a.next + ahead, others, b.next + otherAhead, 1) === 1
  }
}
