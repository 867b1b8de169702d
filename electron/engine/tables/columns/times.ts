import { dateDay, timestamp, TimeUnit, type DataType } from '@uwdata/flechette'
import type { Cells } from '../bytes/cells.ts'
import { moment } from '../times/moment.ts'
import type { TimeParser } from '../times/pattern.ts'
import { ColumnBuilder, grown, trimEnd, trimStart } from './column.ts'
import { putBigInt64, putInt64 } from './integers.ts'

const SECONDS_A_DAY = 86_400
/** Seconds of which the microseconds are still within ±2^53. */
const SAFE_SECONDS = 9_000_000_000

/** Days, or microseconds without a time zone; values with an offset are taken to UTC. */
export class TimeBuilder extends ColumnBuilder {
  readonly type: DataType
  readonly #width: 1 | 2
  readonly #parse: TimeParser
  readonly #format: string
  #words = new Int32Array(2048)

  constructor(
    kind: 'date' | 'timestamp',
    parse: TimeParser,
    format: string,
    ...base: ConstructorParameters<typeof ColumnBuilder>
  ) {
    super(...base)
    this.type = kind === 'date' ? dateDay() : timestamp(TimeUnit.MICROSECOND)
    this.#width = kind === 'date' ? 1 : 2
    this.#parse = parse
    this.#format = format
  }

  protected override reserveValues(length: number): void {
    this.#words = grown(this.#words, length * this.#width)
  }
  protected override cutValues(): void {
    // What lies behind the length is written over.
  }
  protected override buffers() {
    return { values: this.#words.subarray(0, this.length * this.#width) }
  }
  override get byteLength(): number {
    return this.length * this.#width * 4
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows } = cells
    const { bytes } = cells.block
    const isDate = this.#width === 1
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      let start = starts[cell] as number
      let end = ends[cell] as number
      let fault: string | undefined
      if (start >= 0 && !this.nulls.has(bytes, start, end)) {
        start = trimStart(bytes, start, end)
        end = trimEnd(bytes, start, end)
        if (this.#parse(bytes, start, end)) {
          if (isDate && moment.hasTime && moment.seconds + moment.micros !== 0)
            fault = 'has a time of day but the column is of dates'
          else {
            this.#put(index, isDate)
            continue
          }
        } else if (!this.nulls.has(bytes, start, end)) {
          fault = `is not a ${isDate ? 'date' : 'time'} of the form ${this.#format}`
        }
      }
      this.#words.fill(0, index * this.#width, (index + 1) * this.#width)
      this.setNull(index)
      if (fault !== undefined) cells.fault(row, fault, this.name)
    }
    this.length += rows
  }

  #put(index: number, isDate: boolean): void {
    if (isDate) {
      this.#words[index] = moment.days
      return
    }
    const seconds = moment.days * SECONDS_A_DAY + moment.seconds
    if (Math.abs(seconds) < SAFE_SECONDS) putInt64(this.#words, index, seconds * 1_000_000 + moment.micros)
    else putBigInt64(this.#words, index, BigInt(seconds) * 1_000_000n + BigInt(moment.micros))
  }
}
