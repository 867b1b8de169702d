import { setImmediate } from 'node:timers/promises'
import type { EngineContext } from '../context.ts'
import { absorb, createBatchHasher, newStates, type BatchCells } from '../lance/index.ts'
import { projectColumns, type ComparedColumn } from './columns.ts'
import { liveRows } from './fragment-steps.ts'
import { openReader } from './open-reader.ts'
import { readSide } from './read-side.ts'
import type { SideReads } from './reads.ts'
import type { Side } from './side.ts'

/** How far some columns identify the rows looked at. */
export interface Uniqueness {
  /** Rows that repeat the value of another one. */
  duplicates: number
  /** Rows with a null in some of the columns. */
  nulls: number
  rows: number
  readonly isComplete: boolean
}

/** Rows looked at; a larger table is looked at in this many parts. */
const MAX_ROWS = 262_144
const PARTS = 16

/** Counts repeated and null values of several keys in one pass over the rows of a side, or over parts of them. */
export async function checkUniqueness(
  context: EngineContext,
  side: Side,
  which: 'from' | 'to',
  keys: readonly (readonly ComparedColumn[])[],
  signal: AbortSignal,
): Promise<readonly Uniqueness[]> {
  const columns = [...new Set(keys.flat())]
  const numbers = keys.map((key) => key.map((column) => columns.indexOf(column)))
  const reads = planSample(side)
  const found = keys.map(() => ({ duplicates: 0, nulls: 0, rows: 0, isComplete: reads.isComplete }))
  const sets = keys.map(() => new HashSet(Math.min(MAX_ROWS, reads.rows)))
  const hasher = createBatchHasher({ columns: columns.length, key: [], blobs: [] })
  const reader = await openReader(context, side, side, projectColumns(columns, which), signal)
  for await (const { file } of readSide(reader, reads)) {
    signal.throwIfAborted()
    const batch = hasher.hashCells(file)
    for (const [number, key] of numbers.entries())
      count(batch, key, sets[number] as HashSet, found[number] as Uniqueness)
    await setImmediate()
  }
  return found
}

function planSample({ manifest }: Side): SideReads & { readonly isComplete: boolean } {
  const total = manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  if (total <= MAX_ROWS) {
    const reads = total === 0 ? [] : [{ kind: 'whole' as const, start: 0, rows: total }]
    return { reads, rows: total, fragments: manifest.fragments.length, isComplete: true }
  }
  const rows = MAX_ROWS / PARTS
  const reads = Array.from({ length: PARTS }, (_, part) => ({
    kind: 'whole' as const,
    start: Math.floor((part * (total - rows)) / (PARTS - 1)),
    rows,
  }))
  return { reads, rows: MAX_ROWS, fragments: manifest.fragments.length, isComplete: false }
}

function count(batch: BatchCells, key: readonly number[], seen: HashSet, found: Uniqueness): void {
  const rows = batch.ids.length
  const states = newStates(1)
  const fresh = states.slice()
  for (let row = 0; row < rows; row++) {
    found.rows++
    if (key.some((column) => batch.isNull(column, row))) {
      found.nulls++
      continue
    }
    states.set(fresh)
    for (const column of key) {
      const cells = batch.cells[column] as Int32Array
      absorb(states, 0, cells[row * 2] as number)
      absorb(states, 0, cells[row * 2 + 1] as number)
    }
    if (!seen.add(states[0] as number, states[1] as number)) found.duplicates++
  }
}

/** A set of 64-bit hashes of a known size. */
class HashSet {
  readonly #low: Int32Array
  readonly #high: Int32Array

  constructor(size: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, size * 2)))
    this.#low = new Int32Array(slots)
    this.#high = new Int32Array(slots)
  }

  /** False when it was there before. */
  add(low: number, high: number): boolean {
    const mask = this.#low.length - 1
    // Zero marks a free slot.
    const first = low === 0 ? 1 : low
    let slot = first & mask
    while (this.#low[slot] !== 0) {
      if (this.#low[slot] === first && this.#high[slot] === high) return false
      slot = (slot + 1) & mask
    }
    this.#low[slot] = first
    this.#high[slot] = high
    return true
  }
}
