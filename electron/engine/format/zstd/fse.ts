import { corrupt } from '../corrupt.ts'
import { ForwardBits, highestBit, type BackwardBits } from './bits.ts'

/** A decoding table of finite state entropy (RFC 8878 4.1). */
export interface FseTable {
  readonly accuracyLog: number
  /** By state. */
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
  readonly next: Uint16Array
}

const LEAST_PROBABLE = -1

/** Reads a table description; `usedBytes` is how long it is. */
export function readFseTable(
  bytes: Uint8Array,
  maxLog: number,
  maxSymbol: number,
): { readonly table: FseTable; readonly usedBytes: number } {
  const reader = new ForwardBits(bytes)
  const accuracyLog = reader.take(4) + 5
  if (accuracyLog > maxLog) throw corrupt('a compressed part has an impossible table')
  const counts: number[] = []
  let remaining = 1 << accuracyLog
  while (remaining > 0) {
    if (counts.length > maxSymbol) throw corrupt('a compressed part has an impossible table')
    const count = readCount(reader, remaining)
    remaining -= Math.abs(count)
    counts.push(count)
    if (count === 0) addZeros(reader, counts)
  }
  if (remaining < 0 || counts.length > maxSymbol + 1) throw corrupt('a compressed part has an impossible table')
  return { table: buildFseTable(counts, accuracyLog), usedBytes: reader.usedBytes }
}

/** One probability, in as few bits as what remains allows. */
function readCount(reader: ForwardBits, remaining: number): number {
  const bits = highestBit(remaining + 1) + 1
  const value = reader.peek(bits)
  const lowMask = (1 << (bits - 1)) - 1
  const threshold = (1 << bits) - 1 - (remaining + 1)
  const isShort = (value & lowMask) < threshold
  reader.skip(isShort ? bits - 1 : bits)
  if (isShort) return (value & lowMask) - 1
  return (value > lowMask ? value - threshold : value) - 1
}

/** After a zero, two bits say how many more follow; three means more to come. */
function addZeros(reader: ForwardBits, counts: number[]): void {
  for (let repeat = 3; repeat === 3;) {
    repeat = reader.take(2)
    for (let zero = 0; zero < repeat; zero++) counts.push(0)
  }
}

/** Spreads symbols over the states by their probabilities. */
export function buildFseTable(counts: readonly number[], accuracyLog: number): FseTable {
  const size = 1 << accuracyLog
  const symbols = new Uint8Array(size)
  let high = size
  counts.forEach((count, symbol) => {
    if (count === LEAST_PROBABLE) symbols[--high] = symbol
  })
  const step = (size >> 1) + (size >> 3) + 3
  let position = 0
  counts.forEach((count, symbol) => {
    for (let at = 0; at < count; at++) {
      symbols[position] = symbol
      do position = (position + step) & (size - 1)
      while (position >= high)
    }
  })
  if (position !== 0) throw corrupt('a compressed part has an impossible table')
  return { accuracyLog, symbols, ...linkStates(counts, symbols, accuracyLog) }
}

function linkStates(
  counts: readonly number[],
  symbols: Uint8Array,
  accuracyLog: number,
): Pick<FseTable, 'bits' | 'next'> {
  const size = symbols.length
  const upcoming = counts.map((count) => (count === LEAST_PROBABLE ? 1 : count))
  const bits = new Uint8Array(size)
  const next = new Uint16Array(size)
  symbols.forEach((symbol, state) => {
    const value = upcoming[symbol] ?? 1
    upcoming[symbol] = value + 1
    const width = accuracyLog - highestBit(value)
    bits[state] = width
    next[state] = (value << width) - size
  })
  return { bits, next }
}

/** A table that gives one symbol for ever. */
export function singleSymbol(symbol: number): FseTable {
  return { accuracyLog: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), next: new Uint16Array(1) }
}

/** Where decoding stands in a table. */
export class FseState {
  readonly #table: FseTable
  readonly #bits: BackwardBits
  #state: number

  constructor(table: FseTable, bits: BackwardBits) {
    this.#table = table
    this.#bits = bits
    this.#state = bits.take(table.accuracyLog)
  }

  get symbol(): number {
    return this.#table.symbols[this.#state] ?? 0
  }

  advance(): void {
    const { next, bits } = this.#table
    this.#state = (next[this.#state] ?? 0) + this.#bits.take(bits[this.#state] ?? 0)
  }
}
