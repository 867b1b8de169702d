import { bool, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { ColumnBuilder, grown, trimEnd, trimStart } from './column.ts'

/** Words for true and false, in any case. */
export const TRUE_WORDS: readonly string[] = ['true', 't', 'yes', 'y', '1']
export const FALSE_WORDS: readonly string[] = ['false', 'f', 'no', 'n', '0']

export class BoolBuilder extends ColumnBuilder {
  readonly type: DataType = bool()
  #bits: Uint8Array = new Uint8Array(128)

  protected override reserveValues(length: number): void {
    this.#bits = grown(this.#bits, (length + 7) >> 3)
  }
  protected override cutValues(): void {
    // Every bit is written.
  }
  protected override buffers() {
    return { values: this.#bits.subarray(0, (this.length + 7) >> 3) }
  }
  override get byteLength(): number {
    return this.length >> 3
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes } = cells.block
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      let start = starts[cell] as number
      let end = ends[cell] as number
      this.#put(index, false)
      if (start < 0 || this.nulls.has(bytes, start, end)) {
        this.setNull(index)
        continue
      }
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
      const word = end - start > 5 ? '' : bytes.toString('latin1', start, end).toLowerCase()
      if (TRUE_WORDS.includes(word)) this.#put(index, true)
      else if (!FALSE_WORDS.includes(word)) {
        this.setNull(index)
        if (!this.nulls.has(bytes, start, end)) cells.fault(row, 'is neither true nor false', this.name)
      }
    }
    this.length += rows
  }

  #put(index: number, value: boolean): void {
    const at = index >> 3
    const bit = 1 << (index & 7)
    this.#bits[at] = value ? (this.#bits[at] as number) | bit : (this.#bits[at] as number) & ~bit
  }
}
