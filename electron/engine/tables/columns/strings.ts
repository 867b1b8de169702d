import { isUtf8 } from 'node:buffer'
import { binary, utf8, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { viewOf, WORD_SPARE } from '../bytes/words.ts'
import { ColumnBuilder, grown } from './column.ts'

/** Below this a loop copies faster than a call. */
const SHORT_BYTES = 256

/** Checks a value of which the bytes are known to be UTF-8; returns what is wrong with it. */
export type TextCheck = (bytes: Buffer, start: number, end: number) => string | undefined

/** Text, or bytes, as they stand: they are copied, never decoded. */
export class StringBuilder extends ColumnBuilder {
  readonly type: DataType
  #offsets: Int32Array = new Int32Array(1025)
  #bytes: Uint8Array = new Uint8Array(64 * 1024)
  #view = viewOf(this.#bytes)
  readonly #isText: boolean
  readonly #check: TextCheck | undefined

  constructor(
    kind: 'text' | 'binary',
    check: TextCheck | undefined,
    ...base: ConstructorParameters<typeof ColumnBuilder>
  ) {
    super(...base)
    this.type = kind === 'text' ? utf8() : binary()
    this.#isText = kind === 'text'
    this.#check = check
  }

  protected override reserveValues(length: number): void {
    this.#offsets = grown(this.#offsets, length + 1)
  }
  protected override cutValues(): void {
    // Offsets behind the length are written over, and with them the bytes.
  }
  protected override buffers() {
    const end = this.#offsets[this.length] as number
    return { offsets: this.#offsets.subarray(0, this.length + 1), values: this.#bytes.subarray(0, end) }
  }
  override get byteLength(): number {
    return this.length * 4 + (this.#offsets[this.length] as number)
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes, view, isDirty } = cells.block
    const offsets = this.#offsets
    const isChecked = this.#check !== undefined || (isDirty && this.#isText)
    let to = offsets[this.length] as number
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      const start = starts[cell] as number
      const end = ends[cell] as number
      offsets[index + 1] = to
      if (start < 0 || this.nulls.has(bytes, start, end)) {
        this.setNull(index)
        continue
      }
      if (isChecked) {
        const fault =
          isDirty && this.#isText && !isUtf8(bytes.subarray(start, end))
            ? 'is not UTF-8'
            : this.#check?.(bytes, start, end)
        if (fault !== undefined) {
          this.setNull(index)
          cells.fault(row, fault, this.name)
          continue
        }
      }
      const length = end - start
      if (to + length + WORD_SPARE > this.#bytes.length) {
        this.#bytes = grown(this.#bytes, to + length + WORD_SPARE)
        this.#view = viewOf(this.#bytes)
      }
      if (length > SHORT_BYTES) this.#bytes.set(bytes.subarray(start, end), to)
      else copyWords(view, start, end, this.#view, to)
      to += length
      offsets[index + 1] = to
    }
    this.length += rows
  }
}

/** Copies bytes, and up to three of those behind them. */
function copyWords(from: DataView, start: number, end: number, target: DataView, to: number): void {
  for (let at = start; at < end; at += 4) target.setInt32(to + at - start, from.getInt32(at, true), true)
}
