import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'

/** Words of a digest. */
const LANES = 4
const FIRST_CAPACITY = 1 << 16
/** Digests held at most: 16 bytes each, in a table at most two thirds full. */
export const MAX_DIGESTS = 22_000_000

/** A set of digests of 128 bits, in one block of memory that is doubled when it fills. */
export class DigestSet {
  #capacity = FIRST_CAPACITY
  #slots = new Int32Array(FIRST_CAPACITY * LANES)
  #size = 0
  readonly #most: number

  constructor(most = MAX_DIGESTS) {
    this.#most = most
  }

  get size(): number {
    return this.#size
  }

  /** Adds the digest at `at` of `words`; false when it is there already. `too-large` when the set is full. */
  add(words: Int32Array, at: number): boolean {
    if (this.#size * 3 >= this.#capacity * 2) this.#grow()
    const slot = this.#find(words, at)
    if (this.#isTaken(slot)) return false
    if (this.#size >= this.#most) throw tooMany(this.#most)
    this.#put(slot, words, at)
    return true
  }

  /** Index of the digest's slot, or of the free one where it belongs. */
  #find(words: Int32Array, at: number): number {
    const mask = this.#capacity - 1
    const [a, b, c, d] = read(words, at)
    for (let slot = (a ^ (b << 7)) & mask; ; slot = (slot + 1) & mask) {
      const from = slot * LANES
      const slots = this.#slots
      if (!this.#isTaken(slot)) return slot
      if (slots[from] === a && slots[from + 1] === b && slots[from + 2] === c && slots[from + 3] === d) return slot
    }
  }

  #isTaken(slot: number): boolean {
    const from = slot * LANES
    const slots = this.#slots
    return slots[from] !== 0 || slots[from + 1] !== 0 || slots[from + 2] !== 0 || slots[from + 3] !== 0
  }

  #put(slot: number, words: Int32Array, at: number): void {
    this.#slots.set(read(words, at), slot * LANES)
    this.#size++
  }

  #grow(): void {
    const before = this.#slots
    this.#capacity *= 2
    this.#slots = new Int32Array(this.#capacity * LANES)
    this.#size = 0
    for (let at = 0; at < before.length; at += LANES) {
      if (before[at] === 0 && before[at + 1] === 0 && before[at + 2] === 0 && before[at + 3] === 0) continue
      this.#put(this.#find(before, at), before, at)
    }
  }
}

/** The words of a digest; the one of zeros only, which marks a free slot, as another. */
function read(words: Int32Array, at: number): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = [words[at], words[at + 1], words[at + 2], words[at + 3]]
  return a === 0 && b === 0 && c === 0 && d === 0 ? [1, 0, 0, 0] : [a, b, c, d]
}

function tooMany(most: number): AppError {
  return new AppError({
    code: 'too-large',
    message: `Duplicates are looked for among at most ${formatCount(most)} different rows, and there are more.`,
    hint: 'Import without looking for duplicates, or replace rows by their key, which has no such bound.',
  })
}
