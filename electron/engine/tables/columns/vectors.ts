import { fixedSizeList, float32, type DataType } from '@uwdata/flechette'
import { formatCount } from '#shared/model/format.ts'
import type { Cells } from '../bytes/cells.ts'
import { isSpace, parsed, parseFloatAt } from '../bytes/numbers.ts'
import { ColumnBuilder, grown, type ArrowBatch } from './column.ts'

const NO_BYTES = new Uint8Array(0)

/** Vectors of one dimension, written as JSON arrays. One of another length is a fault: nothing is cut or padded. */
export class VectorBuilder extends ColumnBuilder {
  readonly type: DataType
  readonly #dimension: number
  readonly #itemType = float32()
  #values: Float32Array

  constructor(dimension: number, ...base: ConstructorParameters<typeof ColumnBuilder>) {
    super(...base)
    this.#dimension = dimension
    this.type = fixedSizeList(this.#itemType, dimension)
    this.#values = new Float32Array(dimension * 64)
  }

  protected override reserveValues(): void {
    // Grows by row: a block's count of rows says little of a vector's size.
  }
  protected override cutValues(): void {
    // What lies behind the length is written over.
  }
  protected override buffers() {
    const length = this.length * this.#dimension
    const child: ArrowBatch = {
      length,
      nullCount: 0,
      type: this.#itemType,
      validity: NO_BYTES,
      values: this.#values.subarray(0, length),
    }
    return { children: [child] }
  }
  override get byteLength(): number {
    return this.length * this.#dimension * 4
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes } = cells.block
    const dimension = this.#dimension
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      const at = index * dimension
      if (at + dimension > this.#values.length) this.#values = grown(this.#values, at + dimension)
      const start = starts[cell] as number
      const end = ends[cell] as number
      const isNull = start < 0 || this.nulls.has(bytes, start, end)
      const fault = isNull ? undefined : parseVector(bytes, start, end, this.#values, at, dimension)
      if (!isNull && fault === undefined) continue
      this.#values.fill(0, at, at + dimension)
      this.setNull(index)
      if (fault !== undefined) cells.fault(row, fault, this.name)
    }
    this.length += rows
  }
}

/** Reads `[1, 2.5, …]` into `values` from `at`; returns what is wrong with it. */
export function parseVector(
  bytes: Buffer,
  start: number,
  end: number,
  values: Float32Array,
  at: number,
  dimension: number,
): string | undefined {
  let pos = start
  while (pos < end && isSpace(bytes[pos] as number)) pos++
  if (bytes[pos] !== 91 || pos >= end) return 'is not a list of numbers'
  pos++
  let count = 0
  for (;;) {
    while (pos < end && isSpace(bytes[pos] as number)) pos++
    if (pos >= end) return 'is a list without its end'
    if (bytes[pos] === 93 && count === 0) break
    const value = parseFloatAt(bytes, pos, end)
    if (parsed.end === pos) return `has something other than a number at place ${count + 1}`
    // The item behind the last is counted but has no place.
    if (count < dimension) values[at + count] = value
    if (!Number.isFinite(value)) return `has a number that is not finite at place ${count + 1}`
    count++
    pos = parsed.end
    while (pos < end && isSpace(bytes[pos] as number)) pos++
    if (bytes[pos] === 93 && pos < end) break
    if (bytes[pos] !== 44 || pos >= end) return `has no comma behind number ${count}`
    pos++
  }
  pos++
  while (pos < end && isSpace(bytes[pos] as number)) pos++
  if (pos < end) return 'has something behind the end of the list'
  return count === dimension ? undefined : `has ${formatCount(count)} numbers instead of ${formatCount(dimension)}`
}
