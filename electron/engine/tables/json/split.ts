import type { Cells } from '../bytes/cells.ts'
import { unreadable } from '../errors.ts'
import type { Keys } from './keys.ts'
import { scanObject, takeStrangers, whyNot } from './object.ts'
import { fault, skipSpace, skipValue } from './scan.ts'

const LF = 10

/** Splits records off a block. `line` counts lines, or records of a list, from 1. */
export interface JsonSplitter {
  line: number
  split(cells: Cells, limit: number): number
}

/** Looks at a record without cells; of detection. */
export type RecordVisitor = (bytes: Buffer, start: number, end: number) => void

interface Target {
  readonly keys: Keys
  /** Keep what can be read of rows with keys nobody knows. */
  readonly visit?: RecordVisitor
}

/** Reads the record in a range; a fault when it is none. */
function takeRecord(cells: Cells, target: Target, line: number, start: number, end: number): void {
  const { block } = cells
  const at = cells.begin()
  const stop = scanObject(cells, at, target.keys, start, end)
  const strangers = takeStrangers()
  if (stop < 0 || skipSpace(block.bytes, stop, end) !== end) {
    const reason = stop < 0 ? whyNot() : 'has something behind the end of the object'
    cells.faults.push({ line, reason, start, end })
    return
  }
  cells.finish(line, start, end)
  if (target.visit !== undefined) target.visit(block.bytes, start, end)
  else if (strangers !== undefined) cells.fault(cells.rows - 1, strangers)
}

/** One record a line; empty lines are no records. */
export class LineSplitter implements JsonSplitter {
  line = 1
  readonly #target: Target

  constructor(target: Target) {
    this.#target = target
  }

  split(cells: Cells, limit: number): number {
    const { block } = cells
    let rows = 0
    while (rows < limit && block.start < block.end) {
      const found = block.bytes.indexOf(LF, block.start)
      const hasEnd = found >= 0 && found < block.end
      if (!hasEnd && !block.isLast) break
      const lineEnd = hasEnd ? found : block.end
      const start = skipSpace(block.bytes, block.start, lineEnd)
      let end = lineEnd
      while (end > start && (block.bytes[end - 1] as number) <= 32) end--
      const line = this.line++
      if (end > start) {
        rows++
        takeRecord(cells, this.#target, line, start, end)
      }
      block.start = hasEnd ? lineEnd + 1 : lineEnd
    }
    return rows
  }
}

/** Records of a list whose `[` the block is behind. What is no JSON ends the reading: nobody knows where the next begins. */
export class ListSplitter implements JsonSplitter {
  line = 1
  #isOver = false
  readonly #target: Target
  readonly #name: string

  constructor(target: Target, name: string) {
    this.#target = target
    this.#name = name
  }

  split(cells: Cells, limit: number): number {
    const { block } = cells
    let rows = 0
    while (rows < limit && !this.#isOver) {
      const start = skipSpace(block.bytes, block.start, block.end)
      if (start >= block.end) {
        block.start = start
        if (block.isLast) throw this.#damaged('ends in the middle of the list')
        break
      }
      const byte = block.bytes[start]
      if (byte === 93) {
        this.#isOver = true
        block.start = block.end
        break
      }
      if (byte === 44) {
        block.start = start + 1
        continue
      }
      const end = skipValue(block.bytes, start, block.end)
      if (end < 0) {
        if (fault.isEnd && !block.isLast) break
        throw this.#damaged(fault.reason)
      }
      takeRecord(cells, this.#target, this.line++, start, end)
      block.start = end
      rows++
    }
    if (this.#isOver) block.start = block.end
    return rows
  }

  get isOver(): boolean {
    return this.#isOver
  }

  #damaged(reason: string) {
    return unreadable(
      this.#name,
      `record ${this.line.toLocaleString('en')} ${reason}, and what follows cannot be told apart.`,
    )
  }
}
