import { corrupt } from '../corrupt.ts'

/** Position of the highest set bit of a positive number. */
export function highestBit(value: number): number {
  return 31 - Math.clz32(value)
}

/** Reads bits from the first to the last, least significant first (RFC 8878 4.1.1). */
export class ForwardBits {
  readonly #bytes: Uint8Array
  #bit = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** At most 16 bits. */
  take(count: number): number {
    const value = this.peek(count)
    this.#bit += count
    return value
  }

  peek(count: number): number {
    if (this.#bit + count > this.#bytes.length * 8 + 16) throw corrupt('a compressed part is cut off')
    return extract(this.#bytes, this.#bit, count)
  }

  skip(count: number): void {
    this.#bit += count
  }

  /** Bytes begun so far. */
  get usedBytes(): number {
    const used = Math.ceil(this.#bit / 8)
    if (used > this.#bytes.length) throw corrupt('a compressed part is cut off')
    return used
  }
}

/**
 * Reads bits from the last to the first; the highest set bit of the last byte marks the start. Bits before the beginning
 * are zeros, and {@link left} tells when those were read.
 */
export class BackwardBits {
  readonly #bytes: Uint8Array
  /** Bits still to be read; negative after reading before the beginning. */
  left: number

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0
    if (last === 0) throw corrupt('a compressed part has no end mark')
    this.#bytes = bytes
    this.left = (bytes.length - 1) * 8 + highestBit(last)
  }

  /** At most 31 bits. */
  take(count: number): number {
    if (count > 16) {
      const high = this.take(count - 16)
      return high * 65_536 + this.take(16)
    }
    this.left -= count
    if (this.left >= 0) return extract(this.#bytes, this.left, count)
    const real = count + this.left
    return real <= 0 ? 0 : extract(this.#bytes, 0, real) << -this.left
  }
}

/** `count` bits (at most 16) from a bit on; those past the end are zeros. */
function extract(bytes: Uint8Array, bit: number, count: number): number {
  const at = bit >> 3
  const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  return (word >>> (bit & 7)) & ((1 << count) - 1)
}
