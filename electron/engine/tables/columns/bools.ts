import { bool, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { ColumnBuilder, grown, trimEnd, trimStart } from './column.ts'

/** Words for true and false, in any case. */
export const TRUE_WORDS: readonly string[] = ['true', 't', 'yes', 'y', '1']
export const FALSE_WORDS: readonly string[] = ['false', 'f', 'no', 'n', '0']

interface Word {
  readonly lower: Uint8Array
  readonly upper: Uint8Array
  readonly truth: 0 | 1
}

/** The words above by their length. */
const WORDS: readonly (readonly Word[])[] = [0, 1, 2, 3, 4, 5].map((length) =>
  [...TRUE_WORDS, ...FALSE_WORDS]
    .filter((word) => word.length === length)
    .map((word) => ({
      lower: Buffer.from(word),
      upper: Buffer.from(word.toUpperCase()),
      truth: TRUE_WORDS.includes(word) ? 1 : 0,
    })),
)

/** 1 for a word for true, 0 for one for false, -1 for anything else. */
function truthOf(bytes: Uint8Array, start: number, end: number): 0 | 1 | -1 {
  const words = WORDS[end - start]
  if (words === undefined) return -1
  for (const { lower, upper, truth } of words) {
    let at = start
    while (at < end && (bytes[at] === lower[at - start] || bytes[at] === upper[at - start])) at++
    if (at === end) return truth
  }
  return -1
}

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
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (start < 0 || this.nulls.has(bytes, start, end)) {
        this.#put(index, 0)
        this.setNull(index)
        continue
      }
      const truth = truthOf(bytes, start, end)
      if (truth >= 0) this.#put(index, truth)
      else this.#readSlowly(cells, row, start, end)
    }
    this.length += rows
  }

  #readSlowly(cells: Cells, row: number, rawStart: number, rawEnd: number): void {
    const index = this.length + row
    const { bytes } = cells.block
    const start = trimStart(bytes, rawStart, rawEnd)
    const end = trimEnd(bytes, start, rawEnd)
    const truth = truthOf(bytes, start, end)
    this.#put(index, truth === 1 ? 1 : 0)
    if (truth >= 0) return
    this.setNull(index)
    if (!this.nulls.has(bytes, start, end)) cells.fault(row, 'is neither true nor false', this.name)
  }

  #put(index: number, bit: number): void {
    const at = index >> 3
    const place = index & 7
    this.#bits[at] = ((this.#bits[at] as number) & ~(1 << place)) | (bit << place)
  }
}
