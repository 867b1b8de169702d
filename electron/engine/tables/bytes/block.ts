import { isUtf8 } from 'node:buffer'
import { viewOf, WORD_SPARE } from './words.ts'

/** Most bytes of one row. What is longer is not a table. */
export const MAX_ROW_BYTES = 16 * 1024 ** 2
const START_BYTES = 1024 ** 2

/**
 * A rolling window on the bytes of a source, and behind it a place for values that do not stand in the source as they
 * are (unescaped ones), so that every value is a range of one array.
 */
export class Block {
  bytes: Buffer = Buffer.allocUnsafeSlow(START_BYTES)
  /** The same bytes. A word may be read at any of them that is in use. */
  view = viewOf(this.bytes)
  /** First byte not yet split into rows. */
  start = 0
  /** First byte behind what was read. */
  end = 0
  /** Bytes that ever came. */
  received = 0
  /** Nothing follows what is here. */
  isLast = false
  /** Some of the bytes are not UTF-8: text has to be checked value by value. */
  isDirty = false
  #scratch = 0
  readonly #chunks: AsyncIterator<Uint8Array>

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks
  }

  /** Drops what was split and reads on: at least one byte more, unless it is the end. */
  async fill(): Promise<void> {
    this.bytes.copyWithin(0, this.start, this.end)
    this.end -= this.start
    this.start = 0
    do {
      const { done, value } = await this.#chunks.next()
      if (done === true) this.isLast = true
      else this.#append(value)
    } while (!this.isLast && this.end === 0)
    this.#scratch = this.end
    this.isDirty = !isUtf8(this.bytes.subarray(0, this.end)) && !isUtf8(this.#wholeLines())
  }

  /** Part of what came that was split into rows, 0 to 1; all of it where values are put here otherwise. */
  get share(): number {
    return this.received === 0 ? 1 : 1 - (this.end - this.start) / this.received
  }

  /** Room for `length` bytes behind the window; valid until the next `fill`. Returns where it starts. */
  reserve(length: number): number {
    const at = this.#scratch
    this.#grow(at + length)
    this.#scratch = at + length
    return at
  }

  /** Gives back what was reserved last and not needed. */
  release(from: number): void {
    this.#scratch = from
  }

  /** Drops everything; of sources that put their values here themselves. */
  reset(): void {
    this.start = 0
    this.end = 0
    this.#scratch = 0
  }

  #append(chunk: Uint8Array): void {
    this.#grow(this.end + chunk.length)
    this.bytes.set(chunk, this.end)
    this.end += chunk.length
    this.received += chunk.length
  }

  #grow(length: number): void {
    if (length + WORD_SPARE <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(length + WORD_SPARE, this.bytes.length * 2))
    larger.set(this.bytes)
    this.bytes = larger
    this.view = viewOf(larger)
  }

  /** Without the last line, which may end inside of a character. */
  #wholeLines(): Uint8Array {
    return this.bytes.subarray(0, this.bytes.lastIndexOf(10, this.end - 1) + 1)
  }
}
