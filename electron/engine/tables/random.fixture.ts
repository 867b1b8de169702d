/** A stream of numbers that is the same for the same seed, so that what a test finds can be found again. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to `below`, exclusive. */
  next(below: number): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }

  pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)] as T
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.next(times) === 0
  }
}
