import { WireReader } from './wire.ts'

export const NO_NUMBERS: readonly number[] = []

/** Lists kept: files of one dataset have few sets of columns, but a damaged manifest may have any number. */
const MAX_KEPT = 16

/**
 * Repeated int32 fields of alike messages. Equal packed lists become one array: a hundred thousand files of the same columns
 * neither decode nor keep their field ids a hundred thousand times.
 */
export class NumberLists {
  readonly #kept: { readonly packed: Uint8Array; readonly numbers: readonly number[] }[] = []

  /** What an earlier piece of the field gave, and the piece the reader is at, packed or not. */
  read(message: WireReader, earlier: readonly number[]): readonly number[] {
    if (message.isBytes && earlier.length === 0) return this.#share(message.bytes())
    const numbers = [...earlier]
    message.int32sInto(numbers)
    return numbers
  }

  #share(packed: Uint8Array): readonly number[] {
    for (const known of this.#kept) if (isSame(known.packed, packed)) return known.numbers
    const numbers: number[] = []
    const reader = new WireReader(packed)
    while (reader.hasMore) numbers.push(reader.asPacked(0).int32())
    if (this.#kept.length < MAX_KEPT) this.#kept.push({ packed, numbers })
    return numbers
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
