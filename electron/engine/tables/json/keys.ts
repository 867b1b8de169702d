import { viewOf } from '../bytes/words.ts'

/** Some bytes, to be found again. Their length stands beside them since asking the view for it is slow. */
export interface Written {
  readonly view: DataView
  readonly length: number
}

/** Where the value of a key goes. */
export interface Key {
  readonly name: string
  /** How it stood last: from behind the comma or the brace before it to the start of its value. */
  written: Written
  /** Index among the cells of a row; absent = it is known and left out. */
  readonly column?: number
  /** Take strings with their quotes, as JSON. */
  readonly isRaw: boolean
  /** Keys wanted of the object it holds. */
  children?: Keys
}

/** A copy of the bytes. */
export function writtenAs(bytes: Uint8Array): Written {
  return { view: viewOf(Uint8Array.from(bytes)), length: bytes.length }
}

/**
 * Whether a key stands at `start` byte for byte as it stood last. Rows mostly have the same keys in the same order and form,
 * so that few keys are read at all.
 */
export function isAt(view: DataView, start: number, end: number, { view: written, length }: Written): boolean {
  if (start + length > end) return false
  let at = 0
  for (; at + 4 <= length; at += 4) if (view.getInt32(start + at, true) !== written.getInt32(at, true)) return false
  for (; at < length; at++) if (view.getUint8(start + at) !== written.getUint8(at)) return false
  return true
}

/** Keys of an object that are known, in the order they are expected in. */
export class Keys {
  readonly list: Key[] = []
  /** As the object scanned last had them; empty where it had others too. */
  readonly sequence: Key[] = []
  /** Other keys are passed over without a word. */
  readonly isPartial: boolean
  readonly #byName = new Map<string, number>()

  constructor(isPartial = false) {
    this.isPartial = isPartial
  }

  add(name: string, column?: number, isRaw = false): Key {
    const written = writtenAs(Buffer.from(`${JSON.stringify(name)}:`))
    const key = { name, written, isRaw, ...(column === undefined ? {} : { column }) }
    const known = this.#byName.get(name)
    if (known !== undefined) {
      const before = this.list[known] as Key
      const merged = { ...before, ...key }
      this.list[known] = merged
      return merged
    }
    this.#byName.set(name, this.list.length)
    this.list.push(key)
    return key
  }

  get(name: string): Key | undefined {
    return this.list[this.#byName.get(name) ?? -1]
  }

  indexOf(name: string): number {
    return this.#byName.get(name) ?? -1
  }
}
