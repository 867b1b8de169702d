import { formatCount } from '#shared/model/format.ts'
import type { Block } from '../bytes/block.ts'
import type { Cells } from '../bytes/cells.ts'
import { firstMark, marksOf, repeated } from '../bytes/words.ts'
import { isSpace } from '../bytes/numbers.ts'
import { unreadable } from '../errors.ts'
import type { Keys } from './keys.ts'
import { scanObject, takeStrangers, whyNot } from './object.ts'
import { splitPlainRecords } from './plain.ts'
import { fault, skipSpace, skipValue } from './scan.ts'

const LF = 10
const LINE_ENDS = repeated(LF)
/** From here on the engine's own search is quicker. */
const SHORT_BYTES = 512
/** Most records read one by one before it is tried again whether they are plain. */
const MAX_PAUSE = 1024

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

/** Where the first line of a block ends; its end when that is further on. */
function findLineEnd({ bytes, view, start, end }: Block): number {
  const shortEnd = Math.min(end, start + SHORT_BYTES)
  for (let at = start; at < shortEnd; at += 4) {
    const marks = marksOf(view.getInt32(at, true), LINE_ENDS)
    if (marks !== 0) return Math.min(end, at + firstMark(marks))
  }
  const found = shortEnd === end ? -1 : bytes.indexOf(LF, shortEnd)
  return found < 0 ? end : Math.min(end, found)
}

/** One record a line; empty lines are no records. */
export class LineSplitter implements JsonSplitter {
  line = 1
  readonly #target: Target
  /** Records until plain ones are looked for again, and how many there were last time. */
  #pause = 0
  #lastPause = 1

  constructor(target: Target) {
    this.#target = target
  }

  split(cells: Cells, limit: number): number {
    const { block } = cells
    let rows = 0
    while (rows < limit && block.start < block.end) {
      rows += this.#splitPlain(cells, limit - rows)
      if (rows >= limit || block.start >= block.end) break
      const lineEnd = findLineEnd(block)
      const hasEnd = lineEnd < block.end
      if (!hasEnd && !block.isLast) break
      const start = skipSpace(block.bytes, block.start, lineEnd)
      let end = lineEnd
      while (end > start && isSpace(block.bytes[end - 1] as number)) end--
      const line = this.line++
      if (end > start) {
        rows++
        takeRecord(cells, this.#target, line, start, end)
      }
      block.start = hasEnd ? lineEnd + 1 : lineEnd
    }
    return rows
  }

  /** Where records differ from one another, looking for plain ones is given up for longer and longer. */
  #splitPlain(cells: Cells, limit: number): number {
    const { keys, visit } = this.#target
    if (visit !== undefined || this.#pause-- > 0) return 0
    const rows = splitPlainRecords(cells, keys, this.line, limit)
    this.line += rows
    this.#lastPause = rows > 0 ? 1 : Math.min(MAX_PAUSE, this.#lastPause * 2)
    this.#pause = rows > 0 ? 0 : this.#lastPause
    return rows
  }
}

/**
 * Records of a list whose `[` the block is behind. What is no JSON ends the reading: nobody knows where the next begins. A
 * comma behind the last record is let pass, since nothing is lost by it.
 */
export class ListSplitter implements JsonSplitter {
  line = 1
  #isOver = false
  /** A record was read and no comma behind it yet. */
  #needsComma = false
  readonly #target: Target
  readonly #name: string
  readonly #isWhole: boolean

  /** `isWhole`: the list is the document, and nothing may come behind it. */
  constructor(target: Target, name: string, isWhole: boolean) {
    this.#target = target
    this.#name = name
    this.#isWhole = isWhole
  }

  split(cells: Cells, limit: number): number {
    const { block } = cells
    let rows = 0
    while (rows < limit) {
      const start = skipSpace(block.bytes, block.start, block.end)
      block.start = start
      if (this.#isOver) {
        this.#passRest(block)
        break
      }
      if (start >= block.end) {
        if (block.isLast) throw this.#damaged('ends in the middle of the list')
        break
      }
      const byte = block.bytes[start]
      if (byte === 93 || byte === 44) {
        if (byte === 44 && !this.#needsComma) throw this.#damaged('has a comma too many before it')
        this.#needsComma = false
        this.#isOver = byte === 93
        block.start++
        continue
      }
      if (this.#needsComma) throw this.#damaged('has no comma before it')
      const end = skipValue(block.bytes, start, block.end)
      if (end < 0) {
        if (fault.isEnd && !block.isLast) break
        throw this.#damaged(fault.reason)
      }
      // A number may go on behind the block.
      if (end >= block.end && !block.isLast) break
      takeRecord(cells, this.#target, this.line++, start, end)
      block.start = end
      this.#needsComma = true
      rows++
    }
    return rows
  }

  /** What comes behind the list is not looked at, unless the list is all there is: then another may have been put there. */
  #passRest(block: Block): void {
    if (this.#isWhole && block.start < block.end) {
      throw unreadable(
        this.#name,
        'it goes on behind the end of its list of records.',
        'If it is several JSON documents in one file, split it or convert it to JSON Lines.',
      )
    }
    block.start = block.end
  }

  #damaged(reason: string) {
    return unreadable(this.#name, `record ${formatCount(this.line)} ${reason}, and what follows cannot be told apart.`)
  }
}
