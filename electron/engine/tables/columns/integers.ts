import { int32, int64, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { ColumnBuilder, grown, trimEnd, trimStart } from './column.ts'

const MIN_INT64 = -(2n ** 63n)
const MAX_INT64 = 2n ** 63n - 1n
/** Digits a double holds whatever they are. */
const SAFE_DIGITS = 15

/** Writes a whole number within ±2^53 as an int64. */
export function putInt64(words: Int32Array, index: number, value: number): void {
  words[index * 2] = value
  words[index * 2 + 1] = Math.floor(value / 4_294_967_296)
}

export function putBigInt64(words: Int32Array, index: number, value: bigint): void {
  words[index * 2] = Number(BigInt.asIntN(32, value))
  words[index * 2 + 1] = Number(BigInt.asIntN(32, value >> 32n))
}

abstract class IntegerBuilder extends ColumnBuilder {
  protected words = new Int32Array(2048)
  protected abstract readonly width: 1 | 2

  protected override reserveValues(length: number): void {
    this.words = grown(this.words, length * this.width)
  }
  protected override cutValues(): void {
    // What lies behind the length is written over.
  }
  protected override buffers() {
    return { values: this.words.subarray(0, this.length * this.width) }
  }
  override get byteLength(): number {
    return this.length * this.width * 4
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes } = cells.block
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (start < 0 || this.nulls.has(bytes, start, end)) {
        this.setNull(index)
        continue
      }
      let at = start
      const sign = bytes[at] as number
      if (sign === 45 || sign === 43) at++
      let value = 0
      const digitsEnd = at + SAFE_DIGITS
      let digit = 0
      for (; at < end; at++) {
        digit = (bytes[at] as number) - 48
        if (digit < 0 || digit > 9 || at >= digitsEnd) break
        value = value * 10 + digit
      }
      const isPlain = at === end && end > start && (sign >= 48 || end > start + 1)
      if (!isPlain || !this.put(index, sign === 45 ? -value : value)) this.#readSlowly(cells, row, start, end)
    }
    this.length += rows
  }

  /** Whether the value fits. */
  protected abstract put(index: number, value: number): boolean
  protected abstract putBig(index: number, value: bigint): boolean

  #readSlowly(cells: Cells, row: number, rawStart: number, rawEnd: number): void {
    const index = this.length + row
    const { bytes } = cells.block
    const start = trimStart(bytes, rawStart, rawEnd)
    const end = trimEnd(bytes, start, rawEnd)
    this.words.fill(0, index * this.width, (index + 1) * this.width)
    if (this.nulls.has(bytes, start, end)) return this.setNull(index)
    const text = end - start > 400 ? '' : bytes.toString('latin1', start, end)
    // 1.0 and 1e3 are whole numbers to those who wrote them with a spreadsheet.
    const whole =
      /^([+-]?\d+)(?:\.0*)?$/.exec(text)?.[1] ?? (/^[+-]?\d+(\.\d+)?e\+?\d{1,2}$/i.test(text) ? exact(text) : undefined)
    if (whole !== undefined && this.putBig(index, BigInt(whole.replace(/^\+/, '')))) return
    this.setNull(index)
    const reason = whole === undefined ? 'is not a whole number' : `is beyond ${this.width === 1 ? 'int32' : 'int64'}`
    cells.fault(row, reason, this.name)
  }
}

function exact(text: string): string | undefined {
  const value = Number(text)
  return Number.isSafeInteger(value) ? String(value) : undefined
}

export class Int64Builder extends IntegerBuilder {
  readonly type: DataType = int64()
  protected readonly width = 2
  protected put(index: number, value: number): boolean {
    putInt64(this.words, index, value)
    return true
  }
  protected putBig(index: number, value: bigint): boolean {
    if (value < MIN_INT64 || value > MAX_INT64) return false
    putBigInt64(this.words, index, value)
    return true
  }
}

export class Int32Builder extends IntegerBuilder {
  readonly type: DataType = int32()
  protected readonly width = 1
  protected put(index: number, value: number): boolean {
    this.words[index] = value
    return value >= -2_147_483_648 && value <= 2_147_483_647
  }
  protected putBig(index: number, value: bigint): boolean {
    if (BigInt.asIntN(32, value) !== value) return false
    this.words[index] = Number(value)
    return true
  }
}
