import { corrupt } from './corrupt.ts'

/**
 * Walks FlatBuffers tables in place (https://flatbuffers.dev/internals). Nothing is copied or allocated; a position
 * outside the buffer ends in the RangeError of the DataView, which `damageOf` turns into a typed error.
 */
export class FlatTable {
  readonly #view: DataView
  readonly #table: number

  constructor(view: DataView, table: number) {
    this.#view = view
    this.#table = table
  }

  /** The root table of a buffer that begins at `at`. */
  static root(view: DataView, at: number): FlatTable {
    return new FlatTable(view, at + view.getUint32(at, true))
  }

  /** 0 when the field holds its default. */
  uint8(field: number): number {
    const at = this.#slot(field)
    return at === undefined ? 0 : this.#view.getUint8(at)
  }

  int32(field: number): number {
    const at = this.#slot(field)
    return at === undefined ? 0 : this.#view.getInt32(at, true)
  }

  /** A 64-bit length or position, which must fit a JS number. */
  size(field: number): number {
    const at = this.#slot(field)
    return at === undefined ? 0 : readSize(this.#view, at)
  }

  table(field: number): FlatTable | undefined {
    const at = this.#slot(field)
    return at === undefined ? undefined : new FlatTable(this.#view, at + this.#view.getUint32(at, true))
  }

  /** Position of the first of a vector's elements of `stride` bytes each; all of them lie inside the buffer. */
  vector(field: number, stride: number): { readonly start: number; readonly length: number } {
    const at = this.#slot(field)
    if (at === undefined) return { start: 0, length: 0 }
    const vector = at + this.#view.getUint32(at, true)
    const length = this.#view.getUint32(vector, true)
    if (length * stride > this.#view.byteLength - vector - 4) throw corrupt('a list runs past the end')
    return { start: vector + 4, length }
  }

  /** Tables of a vector of tables. */
  tables(field: number): readonly FlatTable[] {
    const { start, length } = this.vector(field, 4)
    return Array.from({ length }, (_, index) => {
      const at = start + index * 4
      return new FlatTable(this.#view, at + this.#view.getUint32(at, true))
    })
  }

  text(field: number): string {
    const { start, length } = this.vector(field, 1)
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length))
  }

  #slot(field: number): number | undefined {
    const vtable = this.#table - this.#view.getInt32(this.#table, true)
    const entry = 4 + field * 2
    if (entry >= this.#view.getUint16(vtable, true)) return undefined
    const offset = this.#view.getUint16(vtable + entry, true)
    return offset === 0 ? undefined : this.#table + offset
  }
}

/** A signed 64-bit length or position; a negative or impossible one is damage. */
export function readSize(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true))
  if (value < 0 || !Number.isSafeInteger(value)) throw corrupt('a size in it is impossible')
  return value
}
