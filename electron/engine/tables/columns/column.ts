import type { DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import type { NullTokens } from '../bytes/null-tokens.ts'

/** What flechette's writer wants of a column of one batch; its own `Batch` classes decode, which nobody needs here. */
export interface ArrowBatch {
  readonly length: number
  readonly nullCount: number
  readonly type: DataType
  readonly validity: Uint8Array
  readonly values?: ArrayBufferView | undefined
  readonly offsets?: Int32Array | undefined
  readonly children?: readonly ArrowBatch[] | undefined
}

const NO_BYTES = new Uint8Array(0)

/**
 * Gathers one column in Arrow's own buffers. Whole blocks are appended at a time, so that the inner loops stay inside one
 * class. What cannot be read becomes null and a fault of its row; the caller takes rows back with `cut`.
 */
export abstract class ColumnBuilder {
  length = 0
  nullCount = 0
  /** Bits of rows behind `length` are set. */
  #validity: Uint8Array = new Uint8Array(1024).fill(255)
  abstract readonly type: DataType
  readonly name: string
  protected readonly nulls: NullTokens

  constructor(name: string, nulls: NullTokens) {
    this.name = name
    this.nulls = nulls
  }

  /** Appends the cells of a column. */
  append(cells: Cells, column: number): void {
    this.reserve(this.length + cells.rows)
    this.read(cells, column)
  }

  /** Bytes held. */
  abstract get byteLength(): number
  protected abstract read(cells: Cells, column: number): void
  protected abstract reserveValues(length: number): void
  protected abstract buffers(): Pick<ArrowBatch, 'values' | 'offsets' | 'children'>
  /** Drops the values behind `length`. */
  protected abstract cutValues(length: number): void

  /** Drops the rows behind the first `length`. */
  cut(length: number): void {
    for (let row = length; row < this.length; row++) {
      const bit = 1 << (row & 7)
      const at = row >> 3
      if (((this.#validity[at] as number) & bit) === 0) {
        this.#validity[at] = (this.#validity[at] as number) | bit
        this.nullCount--
      }
    }
    this.length = length
    this.cutValues(length)
  }

  /** What was gathered, whose buffers stay in use until the next append; then begins anew. */
  take(): ArrowBatch {
    const batch = {
      length: this.length,
      nullCount: this.nullCount,
      type: this.type,
      validity: this.nullCount === 0 ? NO_BYTES : this.#validity.slice(0, (this.length + 7) >> 3),
      ...this.buffers(),
    }
    if (this.nullCount > 0) this.#validity.fill(255)
    this.nullCount = 0
    this.length = 0
    return batch
  }

  protected setNull(row: number): void {
    const at = row >> 3
    this.#validity[at] = (this.#validity[at] as number) & ~(1 << (row & 7))
    this.nullCount++
  }

  /** Makes room for so many rows in all. */
  protected reserve(length: number): void {
    if (length > this.#validity.length * 8) {
      const larger = new Uint8Array(Math.max(this.#validity.length * 2, (length + 7) >> 3)).fill(255)
      larger.set(this.#validity)
      this.#validity = larger
    }
    this.reserveValues(length)
  }
}

/** A longer copy of a typed array that is too short, else itself. */
export function grown<T extends Int32Array | Float64Array | Float32Array | Uint8Array>(array: T, length: number): T {
  if (length <= array.length) return array
  const larger = new (array.constructor as new (length: number) => T)(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}

/** Start of a value without the white space before it. */
export function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && ((bytes[at] as number) === 32 || (bytes[at] as number) === 9)) at++
  return at
}

export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && ((bytes[at - 1] as number) === 32 || (bytes[at - 1] as number) === 9)) at--
  return at
}
