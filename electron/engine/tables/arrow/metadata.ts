/*
 * The metadata of an Arrow message is a flatbuffer of nested tables that point at each other by offsets. The decoder
 * behind this follows any offset and makes as many objects as a count says, so everything is looked at here first.
 */
const KINDS = ['other', 'schema', 'dictionary', 'batch'] as const
const MAX_DEPTH = 64
const MAX_ROWS = 2 ** 31 - 1
const UNION = 14

export interface CheckedMessage {
  readonly kind: (typeof KINDS)[number]
  readonly bodyLength: number
  /** Where the buffers of a batch lie in the body. */
  readonly buffers: readonly BufferRange[]
  /** The buffers are packed, each behind its length. */
  readonly isPacked: boolean
}

export interface BufferRange {
  readonly start: number
  readonly length: number
}

/** Checks the metadata of a message; undefined when something in it cannot be. */
export function checkMessage(metadata: Buffer): CheckedMessage | undefined {
  try {
    return new Checker(metadata).message()
  } catch (error) {
    if (error instanceof RangeError || error === IMPOSSIBLE) return undefined
    throw error
  }
}

const IMPOSSIBLE = new Error('The metadata cannot be.')

function assert(isPossible: boolean): asserts isPossible {
  if (!isPossible) throw IMPOSSIBLE
}

/** Buffer's own readers throw a RangeError for what lies outside. */
class Checker {
  readonly #bytes: Buffer
  /** Bytes that may still be visited: offsets may meet in one table, and meet again behind it, to make more of a few. */
  #budget: number

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#budget = bytes.length * 16 + 65_536
  }

  message(): CheckedMessage {
    const table = this.#follow(0)
    const kindAt = this.#slot(table, 1)
    const kind = KINDS[kindAt === 0 ? 0 : this.#bytes.readUInt8(kindAt)] ?? 'other'
    const bodyLength = this.#int64(table, 3)
    assert(bodyLength >= 0)
    const empty = { kind, bodyLength, buffers: [], isPacked: false }
    const headerAt = this.#slot(table, 2)
    if (headerAt === 0) {
      assert(kind === 'other')
      return empty
    }
    const header = this.#follow(headerAt)
    if (kind === 'schema') {
      this.#fields(header, 1, 0)
      this.#pairs(header, 2)
      return empty
    }
    if (kind === 'other') return empty
    const dataAt = kind === 'dictionary' ? this.#slot(header, 1) : 0
    assert(kind === 'batch' || dataAt !== 0)
    return { kind, bodyLength, ...this.#batch(kind === 'batch' ? header : this.#follow(dataAt), bodyLength) }
  }

  #batch(table: number, bodyLength: number): Pick<CheckedMessage, 'buffers' | 'isPacked'> {
    assert(isCount(this.#int64(table, 0)))
    for (const at of this.#vector(table, 1, 16)) {
      const [length, nulls] = [this.#long(at), this.#long(at + 8)]
      assert(isCount(length) && nulls >= 0 && nulls <= length)
    }
    const buffers = this.#vector(table, 2, 16).map((at) => {
      const range = { start: this.#long(at), length: this.#long(at + 8) }
      assert(range.start >= 0 && range.length >= 0 && range.start + range.length <= bodyLength)
      return range
    })
    const variadic = this.#vector(table, 4, 8).reduce((sum, at) => {
      const count = this.#long(at)
      assert(isCount(count))
      return sum + count
    }, 0)
    assert(variadic <= buffers.length)
    return { buffers, isPacked: this.#slot(table, 3) !== 0 }
  }

  #fields(table: number, slot: number, depth: number): void {
    assert(depth <= MAX_DEPTH)
    for (const at of this.#vector(table, slot, 4)) {
      const field = this.#follow(at)
      this.#string(field, 0)
      const typeAt = this.#slot(field, 2)
      const dataAt = this.#slot(field, 3)
      if (dataAt !== 0) {
        const data = this.#follow(dataAt)
        if (typeAt !== 0 && this.#bytes.readUInt8(typeAt) === UNION) this.#vector(data, 1, 4)
      }
      const wordsAt = this.#slot(field, 4)
      if (wordsAt !== 0) this.#follow(wordsAt)
      this.#fields(field, 5, depth + 1)
      this.#pairs(field, 6)
    }
  }

  #pairs(table: number, slot: number): void {
    for (const at of this.#vector(table, slot, 4)) {
      const pair = this.#follow(at)
      this.#string(pair, 0)
      this.#string(pair, 1)
    }
  }

  /** The table an offset points at, which is never behind it. */
  #follow(at: number): number {
    const table = at + this.#bytes.readUInt32LE(at)
    const size = this.#bytes.readUInt16LE(table - this.#bytes.readInt32LE(table))
    this.#spend(4 + size)
    return table
  }

  /** Position of a field of a table; 0 when it is not there. */
  #slot(table: number, index: number): number {
    const vtable = table - this.#bytes.readInt32LE(table)
    const entry = 4 + index * 2
    const offset = entry + 2 <= this.#bytes.readUInt16LE(vtable) ? this.#bytes.readUInt16LE(vtable + entry) : 0
    return offset === 0 ? 0 : table + offset
  }

  /** Positions of the items of a vector. */
  #vector(table: number, slot: number, itemBytes: number): readonly number[] {
    const at = this.#slot(table, slot)
    if (at === 0) return []
    const vector = at + this.#bytes.readUInt32LE(at)
    const length = this.#bytes.readUInt32LE(vector)
    assert(vector + 4 + length * itemBytes <= this.#bytes.length)
    this.#spend(length * itemBytes)
    return Array.from({ length }, (_, index) => vector + 4 + index * itemBytes)
  }

  #string(table: number, slot: number): void {
    const at = this.#slot(table, slot)
    if (at === 0) return
    const start = at + this.#bytes.readUInt32LE(at)
    const length = this.#bytes.readUInt32LE(start)
    assert(start + 4 + length <= this.#bytes.length)
    this.#spend(length)
  }

  #int64(table: number, slot: number): number {
    const at = this.#slot(table, slot)
    return at === 0 ? 0 : this.#long(at)
  }

  #long(at: number): number {
    const value = Number(this.#bytes.readBigInt64LE(at))
    assert(Number.isSafeInteger(value))
    return value
  }

  #spend(bytes: number): void {
    this.#budget -= bytes
    assert(this.#budget >= 0)
  }
}

function isCount(value: number): boolean {
  return value >= 0 && value <= MAX_ROWS
}
