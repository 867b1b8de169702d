/** Words of a row's record: key (4), content (2), row id (2). */
export const RECORD_WORDS = 8

/**
 * Rows of both sides by key, as chains: an open-addressing table over the records themselves, used again for one
 * partition after the other. Rows of `to` are counted on after those of `from`.
 */
export class KeyTable {
  #from: Int32Array = new Int32Array(0)
  #to: Int32Array = new Int32Array(0)
  #fromRows = 0
  /** Number + 1 of some row with the slot's key. */
  #slots = new Int32Array(0)
  #fromHeads = new Int32Array(0)
  #toHeads = new Int32Array(0)
  #next = new Int32Array(0)
  #size = 0

  /** Makes the table empty, for the rows of these records. */
  prepare(from: Int32Array, to: Int32Array): void {
    this.#from = from
    this.#to = to
    this.#fromRows = from.length / RECORD_WORDS
    const rows = (from.length + to.length) / RECORD_WORDS
    this.#size = 2 ** Math.ceil(Math.log2(Math.max(2, rows * 1.5)))
    if (this.#slots.length < this.#size) {
      this.#slots = new Int32Array(this.#size)
      this.#fromHeads = new Int32Array(this.#size)
      this.#toHeads = new Int32Array(this.#size)
    } else this.#slots.fill(0, 0, this.#size)
    if (this.#next.length < rows) this.#next = new Int32Array(rows)
  }

  get slots(): number {
    return this.#size
  }

  /** Adds a row before those of the same key and side. */
  add(row: number): void {
    const slot = this.#find(row)
    if (this.#slots[slot] === 0) {
      this.#slots[slot] = row + 1
      this.#fromHeads[slot] = -1
      this.#toHeads[slot] = -1
    }
    const heads = row < this.#fromRows ? this.#fromHeads : this.#toHeads
    this.#next[row] = heads[slot] as number
    heads[slot] = row
  }

  isEmpty(slot: number): boolean {
    return this.#slots[slot] === 0
  }

  /** First row of a slot's key on the older side, -1 = none. */
  fromHead(slot: number): number {
    return this.#fromHeads[slot] as number
  }

  /** First row of a slot's key on the newer side, -1 = none. */
  toHead(slot: number): number {
    return this.#toHeads[slot] as number
  }

  /** The row of the same key and side after one; -1 = none. */
  next(row: number): number {
    return this.#next[row] as number
  }

  #find(row: number): number {
    const mask = this.#size - 1
    const isFrom = row < this.#fromRows
    const records = isFrom ? this.#from : this.#to
    const at = (isFrom ? row : row - this.#fromRows) * RECORD_WORDS
    const k0 = records[at] as number
    const k1 = records[at + 1] as number
    // Row ids serve as keys too, hence the mixing.
    let slot = (Math.imul(k0 ^ Math.imul(k1, 0x85ebca6b), 0xc2b2ae35) >>> 7) & mask
    for (;;) {
      const other = (this.#slots[slot] as number) - 1
      if (other === -1) return slot
      const isOtherFrom = other < this.#fromRows
      const others = isOtherFrom ? this.#from : this.#to
      const otherAt = (isOtherFrom ? other : other - this.#fromRows) * RECORD_WORDS
      const isSame =
        others[otherAt] === k0 &&
        others[otherAt + 1] === k1 &&
        others[otherAt + 2] === records[at + 2] &&
        others[otherAt + 3] === records[at + 3]
      if (isSame) return slot
      slot = (slot + 1) & mask
    }
  }
}
