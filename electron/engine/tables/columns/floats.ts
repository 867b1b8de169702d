import { float32, float64, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { parsed, parseFloatAt } from '../bytes/numbers.ts'
import { ColumnBuilder, grown, trimEnd, trimStart } from './column.ts'

/** Floating-point numbers; `float32` rounds to the nearest. */
export class FloatBuilder extends ColumnBuilder {
  readonly type: DataType
  #values: Float64Array | Float32Array

  constructor(width: 32 | 64, ...base: ConstructorParameters<typeof ColumnBuilder>) {
    super(...base)
    this.type = width === 32 ? float32() : float64()
    this.#values = width === 32 ? new Float32Array(1024) : new Float64Array(1024)
  }

  protected override reserveValues(length: number): void {
    this.#values = grown(this.#values, length)
  }
  protected override cutValues(): void {
    // What lies behind the length is written over.
  }
  protected override buffers() {
    return { values: this.#values.subarray(0, this.length) }
  }
  override get byteLength(): number {
    return this.length * this.#values.BYTES_PER_ELEMENT
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes } = cells.block
    const values = this.#values
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      let start = starts[cell] as number
      let end = ends[cell] as number
      values[index] = 0
      if (start < 0 || this.nulls.has(bytes, start, end)) {
        this.setNull(index)
        continue
      }
      values[index] = parseFloatAt(bytes, start, end)
      if (parsed.end === end && end > start) continue
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
      values[index] = parseFloatAt(bytes, start, end)
      if (parsed.end === end && end > start) continue
      values[index] = 0
      this.setNull(index)
      if (!this.nulls.has(bytes, start, end)) cells.fault(row, 'is not a number', this.name)
    }
    this.length += rows
  }
}
