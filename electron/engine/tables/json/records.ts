import type { Block } from '../bytes/block.ts'
import { MAX_ROW_BYTES } from '../bytes/block.ts'
import { unreadable } from '../errors.ts'
import { fault, skipSpace, skipString, skipValue } from './scan.ts'

const MAX_DESCENT = 8

/** Where the records of a JSON document are. */
export interface FoundRecords {
  /** Dot-separated path of the list; empty when the document is one. */
  readonly path: string
}

/**
 * Moves a block behind the `[` of the list of records: the one at `wanted`, or the first list of objects. Fails with
 * `unreadable-source` when there is none.
 */
export async function findRecords(block: Block, wanted: string | undefined, name: string): Promise<FoundRecords> {
  const finder = new Finder(block, wanted, name)
  if (await finder.search([])) return { path: finder.path }
  throw unreadable(
    name,
    wanted === undefined ? 'it has no list of objects.' : `it has no list at "${wanted}".`,
    'Name the path of the list of records, such as data.items, or convert the file to JSON Lines.',
  )
}

class Finder {
  path = ''
  readonly #block: Block
  readonly #wanted: string | undefined
  readonly #name: string

  constructor(block: Block, wanted: string | undefined, name: string) {
    this.#block = block
    this.#wanted = wanted
    this.#name = name
  }

  /** Looks at the value the block is at; true when the list was found, false when the value was passed. */
  async search(path: readonly string[]): Promise<boolean> {
    const first = await this.#peek()
    const here = path.join('.')
    if (first === 91 && (this.#wanted === undefined ? await this.#holdsObjects() : this.#wanted === here)) {
      this.#block.start++
      this.path = here
      return true
    }
    const isOnTheWay = this.#wanted === undefined || here === '' || this.#wanted.startsWith(`${here}.`)
    if (first !== 123 || !isOnTheWay || path.length >= MAX_DESCENT) {
      await this.#pass(skipValue)
      return false
    }
    this.#block.start++
    for (;;) {
      const next = await this.#peek()
      if (next === 125) {
        this.#block.start++
        return false
      }
      if (next === 44) {
        this.#block.start++
        continue
      }
      const length = await this.#pass(skipString)
      const key = JSON.parse(
        this.#block.bytes.toString('utf8', this.#block.start - length, this.#block.start),
      ) as string
      if ((await this.#peek()) !== 58) throw this.#damaged('has a key without a colon')
      this.#block.start++
      if (await this.search([...path, key])) return true
    }
  }

  /** The first byte that is no white space. */
  async #peek(): Promise<number> {
    for (;;) {
      const at = skipSpace(this.#block.bytes, this.#block.start, this.#block.end)
      this.#block.start = at
      if (at < this.#block.end) return this.#block.bytes[at] as number
      if (this.#block.isLast) throw this.#damaged('ends in the middle')
      await this.#block.fill()
    }
  }

  /** Whether the list the block is at begins with an object or is empty. */
  async #holdsObjects(): Promise<boolean> {
    for (;;) {
      const { bytes, start, end, isLast } = this.#block
      const at = skipSpace(bytes, start + 1, end)
      if (at < end) return bytes[at] === 123 || (bytes[at] === 93 && start === 0)
      if (isLast) throw this.#damaged('ends in the middle')
      await this.#block.fill()
    }
  }

  /** Moves over something; returns how long it was. */
  async #pass(skip: (bytes: Uint8Array, start: number, end: number) => number): Promise<number> {
    for (;;) {
      const { bytes, start, end, isLast } = this.#block
      const at = skip(bytes, start, end)
      if (at >= 0 && (at < end || isLast)) {
        this.#block.start = at
        return at - start
      }
      if (at < 0 && (!fault.isEnd || isLast)) throw this.#damaged(fault.reason)
      if (end - start > MAX_ROW_BYTES) throw this.#damaged('has a very large value before any list of objects')
      await this.#block.fill()
    }
  }

  #damaged(reason: string) {
    return unreadable(this.#name, `its JSON ${reason}.`)
  }
}
