import type { SpillFile } from './spill-file.ts'

/** A finished list of fixed-size entries for paging: in memory up to a bound, the rest in a file. */
export class RowList {
  readonly words: number
  readonly #maxBytes: number
  readonly #spill: SpillFile
  readonly #pieces: { readonly start: number; readonly length: number; readonly at: Int32Array | number }[] = []
  #bytes = 0
  #length = 0

  constructor(words: number, maxBytes: number, spill: SpillFile) {
    this.words = words
    this.#maxBytes = maxBytes
    this.#spill = spill
  }

  /** Number of entries. */
  get length(): number {
    return this.#length
  }

  async append(entries: Int32Array): Promise<void> {
    if (entries.length === 0) return
    const length = entries.length / this.words
    this.#bytes += entries.byteLength
    const at = this.#bytes <= this.#maxBytes ? entries : await this.#spill.append(entries)
    this.#pieces.push({ start: this.#length, length, at })
    this.#length += length
  }

  /** Entries [start, end), clipped to the list. */
  async slice(start: number, end: number): Promise<Int32Array> {
    const last = Math.min(end, this.#length)
    const entries = new Int32Array(Math.max(0, last - start) * this.words)
    for (const piece of this.#pieces) {
      const from = Math.max(start, piece.start)
      const to = Math.min(last, piece.start + piece.length)
      if (from >= to) continue
      const target = entries.subarray((from - start) * this.words, (to - start) * this.words)
      const first = (from - piece.start) * this.words
      if (typeof piece.at === 'number') await this.#spill.readInto(piece.at + first * 4, target)
      else target.set(piece.at.subarray(first, first + target.length))
    }
    return entries
  }
}
