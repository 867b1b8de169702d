import type { Block } from './block.ts'

const START_CELLS = 65_536
/** Up to here a loop fills faster than a call. */
const SHORT_ROW = 32

/** A row or value that cannot be read. `row` is its index among the cells; absent when it did not become one. */
export interface Fault {
  readonly row?: number
  /** 1-based. */
  readonly line: number
  readonly column?: string
  readonly reason: string
  /** Range of the row in the block. */
  readonly start: number
  readonly end: number
}

/**
 * Values of some rows as ranges of a block's bytes: the one of row r and column c is at `r * stride + c`. A start below
 * zero stands for a value that is not there. Filled by the splitters, read column by column by the builders.
 */
export class Cells {
  starts: Int32Array
  ends: Int32Array
  rows = 0
  /** Rows that end early and are kept, what they lack being absent. */
  short = 0
  /** Lines passed over as comments. */
  comments = 0
  /** Line each row begins on, 1-based, and its range. */
  lines: Float64Array
  rowStarts: Int32Array
  rowEnds: Int32Array
  faults: Fault[] = []
  readonly block: Block
  readonly stride: number

  /** `capacity` is how many rows there is room for at first. */
  constructor(block: Block, stride: number, capacity = Math.max(16, Math.min(1024, Math.floor(START_CELLS / stride)))) {
    this.block = block
    this.stride = stride
    this.lines = new Float64Array(capacity)
    this.rowStarts = new Int32Array(capacity)
    this.rowEnds = new Int32Array(capacity)
    this.starts = new Int32Array(capacity * stride)
    this.ends = new Int32Array(capacity * stride)
  }

  clear(): void {
    this.rows = 0
    this.short = 0
    this.comments = 0
    this.faults = []
  }

  /** Makes room for one more row, whose cells are all absent; it counts once `rows` is raised. */
  begin(): number {
    const at = this.reserve()
    const { starts, stride } = this
    if (stride > SHORT_ROW) starts.fill(-1, at, at + stride)
    else for (let cell = at; cell < at + stride; cell++) starts[cell] = -1
    return at
  }

  /** Makes room for one more row, every cell of which has to be set. */
  reserve(): number {
    if (this.rows >= this.lines.length) this.#grow()
    return this.rows * this.stride
  }

  /** Keeps the row that was begun. */
  finish(line: number, start: number, end: number): void {
    this.lines[this.rows] = line
    this.rowStarts[this.rows] = start
    this.rowEnds[this.rows] = end
    this.rows++
  }

  /** Drops the rows named, which are in order. */
  remove(rows: readonly number[]): void {
    const { stride } = this
    let to = rows[0] ?? this.rows
    let next = 0
    for (let from = to; from < this.rows; from++) {
      if (rows[next] === from) {
        next++
        continue
      }
      this.starts.copyWithin(to * stride, from * stride, (from + 1) * stride)
      this.ends.copyWithin(to * stride, from * stride, (from + 1) * stride)
      this.lines[to] = this.lines[from] as number
      this.rowStarts[to] = this.rowStarts[from] as number
      this.rowEnds[to] = this.rowEnds[from] as number
      to++
    }
    this.rows = to
  }

  fault(row: number, reason: string, column?: string): void {
    this.faults.push({
      row,
      line: this.lines[row] as number,
      ...(column === undefined ? {} : { column }),
      reason,
      start: this.rowStarts[row] as number,
      end: this.rowEnds[row] as number,
    })
  }

  #grow(): void {
    const larger = <T extends Int32Array | Float64Array>(array: T): T => {
      const copy = new (array.constructor as new (length: number) => T)(array.length * 2)
      copy.set(array)
      return copy
    }
    this.starts = larger(this.starts)
    this.ends = larger(this.ends)
    this.lines = larger(this.lines)
    this.rowStarts = larger(this.rowStarts)
    this.rowEnds = larger(this.rowEnds)
  }
}
