import { corrupt } from './corrupt.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const lenientUtf8 = new TextDecoder('utf-8')

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5
const MAX_VARINT_BYTES = 10

/**
 * Reads one protobuf message field by field (https://protobuf.dev/programming-guides/encoding). Every step is bounded by
 * the message's end; anything that does not fit is a `corrupt-manifest`. Call `next`, then exactly one value method.
 */
export class WireReader {
  readonly #bytes: Uint8Array
  readonly #end: number
  #at: number
  #wire = 0
  /** Number of the field `next` moved to. */
  field = 0

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
  }

  /** Where the next field begins, in bytes from the start of the bytes given. */
  get offset(): number {
    return this.#at
  }

  /** True when the field `next` moved to is text, bytes, a message or packed numbers, not a number of its own. */
  get isBytes(): boolean {
    return this.#wire === BYTES
  }

  /** Wire type of the field `next` moved to: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  get wire(): number {
    return this.#wire
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.#at >= this.#end) return false
    const tag = this.#varint()
    this.#wire = tag % 8
    this.field = Math.floor(tag / 8)
    if (this.field < 1 || this.field > 0x1fffffff) throw corrupt(`impossible field number at byte ${this.#at}`)
    return true
  }

  /** A varint that must fit a JS number exactly. */
  uint(): number {
    this.#expect(VARINT)
    const value = this.#varint()
    if (!Number.isSafeInteger(value)) throw corrupt(`field ${this.field} is too large`)
    return value
  }

  /** An int32, also when negative (ten bytes on the wire). */
  int32(): number {
    this.#expect(VARINT)
    return this.#signed32()
  }

  /** An int64 that must fit a JS number exactly; negative values allowed. */
  int64(): number {
    const value = Number(BigInt.asIntN(64, this.big()))
    if (!Number.isSafeInteger(value)) throw corrupt(`field ${this.field} is too large`)
    return value
  }

  /** An unsigned 64-bit value, exact. */
  big(): bigint {
    this.#expect(VARINT)
    return this.#bigVarint()
  }

  /** An unsigned number of four bytes. */
  fixed32(): number {
    this.#expect(FIXED32)
    return this.#viewOf(4).getUint32(0, true)
  }

  /** An unsigned number of eight bytes, exact. */
  fixed64(): bigint {
    this.#expect(FIXED64)
    return this.#viewOf(8).getBigUint64(0, true)
  }

  float(): number {
    this.#expect(FIXED32)
    return this.#viewOf(4).getFloat32(0, true)
  }

  double(): number {
    this.#expect(FIXED64)
    return this.#viewOf(8).getFloat64(0, true)
  }

  bool(): boolean {
    this.#expect(VARINT)
    return this.#varint() !== 0
  }

  /** A view of a length-delimited value. */
  bytes(): Uint8Array {
    const start = this.#enter()
    return this.#bytes.subarray(start, this.#at)
  }

  /** A reader over an embedded message. */
  message(): WireReader {
    const start = this.#enter()
    return new WireReader(this.#bytes, start, this.#at)
  }

  /** UTF-8 text; invalid UTF-8 is damage. */
  text(): string {
    const view = this.bytes()
    try {
      return utf8.decode(view)
    } catch {
      throw corrupt(`field ${this.field} is not text`)
    }
  }

  /** Bytes that hold text by convention only; what is not UTF-8 becomes replacement characters. */
  lenientText(): string {
    return lenientUtf8.decode(this.bytes())
  }

  /** Adds the int32 values of a repeated field, packed or not. */
  int32sInto(target: number[]): void {
    if (this.#wire === VARINT) {
      target.push(this.#signed32())
      return
    }
    const start = this.#enter()
    const packed = new WireReader(this.#bytes, start, this.#at)
    while (packed.#at < packed.#end) target.push(packed.#signed32())
  }

  /** A reader of the packed values of a repeated field, to be taken one by one with {@link asPacked} and a value method. */
  packed(): WireReader {
    const packed = this.message()
    packed.field = this.field
    return packed
  }

  get hasMore(): boolean {
    return this.#at < this.#end
  }

  /** The next value of packed numbers of a wire type, as that type's method would give it. */
  asPacked(wire: number): this {
    this.#wire = wire
    return this
  }

  /** Calls back with each value of a repeated unsigned field, packed or not; each must fit a JS number exactly. */
  eachUint(use: (value: number) => void): void {
    if (this.#wire === VARINT) {
      use(this.uint())
      return
    }
    const packed = this.packed()
    while (packed.hasMore) use(packed.asPacked(VARINT).uint())
  }

  /** Number of values of a repeated varint field, packed or not, without keeping them. */
  countPacked(): number {
    if (this.#wire === VARINT) {
      this.#varint()
      return 1
    }
    const view = this.bytes()
    let count = 0
    for (const byte of view) if (byte < 128) count++
    return count
  }

  skip(): void {
    switch (this.#wire) {
      case VARINT:
        this.#varint()
        return
      case FIXED64:
        this.#advance(8)
        return
      case BYTES:
        this.#enter()
        return
      case FIXED32:
        this.#advance(4)
        return
      default:
        throw corrupt(`unknown wire type ${this.#wire} at byte ${this.#at}`)
    }
  }

  #expect(wire: number): void {
    if (this.#wire !== wire) throw corrupt(`field ${this.field} has the wrong type`)
  }

  /** Steps over a length-delimited value and returns its start; `#at` is then its end. */
  #enter(): number {
    this.#expect(BYTES)
    const length = this.#varint()
    const start = this.#at
    this.#advance(length)
    return start
  }

  #advance(length: number): void {
    if (length > this.#end - this.#at) throw corrupt(`field ${this.field} runs past the end`)
    this.#at += length
  }

  #viewOf(length: number): DataView {
    const start = this.#at
    this.#advance(length)
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, length)
  }

  #byte(): number {
    if (this.#at >= this.#end) throw corrupt('a number is cut off')
    return this.#bytes[this.#at++] ?? 0
  }

  /** Exact up to 2^53; larger values come out rounded, which callers refuse. */
  #varint(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < MAX_VARINT_BYTES; count++) {
      const byte = this.#byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
    throw corrupt('a number is too long')
  }

  #bigVarint(): bigint {
    let value = 0n
    for (let count = 0n; count < MAX_VARINT_BYTES; count++) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << (7n * count)
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw corrupt('a number is too long')
  }

  #signed32(): number {
    const start = this.#at
    const value = this.#varint()
    if (value <= 0x7fffffff) return value
    this.#at = start
    return Number(BigInt.asIntN(32, this.#bigVarint()))
  }
}

/** One entry of a protobuf map with text keys: field 1 is the key, field 2 the value (text or bytes holding text). */
export function readTextEntry(entry: WireReader): readonly [key: string, value: string] {
  let key = ''
  let value = ''
  while (entry.next()) {
    if (entry.field === 1) key = entry.text()
    else if (entry.field === 2) value = entry.lenientText()
    else entry.skip()
  }
  return [key, value]
}
