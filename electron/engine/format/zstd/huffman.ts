import { corrupt } from '../corrupt.ts'
import { BackwardBits, highestBit } from './bits.ts'
import { FseState, readFseTable } from './fse.ts'

/** A decoding table of Huffman codes (RFC 8878 4.2), by the next `maxBits` bits. */
export interface HuffmanTable {
  readonly maxBits: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
}

const MAX_BITS = 11
const MAX_WEIGHTS = 255
const WEIGHTS_MAX_LOG = 6
const MAX_WEIGHT = 12

/** Reads a tree description; `usedBytes` is how long it is. */
export function readHuffmanTable(bytes: Uint8Array): { readonly table: HuffmanTable; readonly usedBytes: number } {
  const header = bytes[0]
  if (header === undefined) throw corrupt('a compressed part is cut off')
  const length = header < 128 ? header : Math.ceil((header - 127) / 2)
  if (1 + length > bytes.length) throw corrupt('a compressed part is cut off')
  const body = bytes.subarray(1, 1 + length)
  const weights = header < 128 ? readPackedWeights(body) : readPlainWeights(body, header - 127)
  return { table: buildTable(weights), usedBytes: 1 + length }
}

/** Two weights a byte, the first in the high half. */
function readPlainWeights(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const byte = bytes[index >> 1] ?? 0
    return index % 2 === 0 ? byte >> 4 : byte & 15
  })
}

/** Weights in two interleaved states that share one stream, which ends where it runs out. */
function readPackedWeights(bytes: Uint8Array): number[] {
  const { table, usedBytes } = readFseTable(bytes, WEIGHTS_MAX_LOG, MAX_WEIGHT)
  const reader = new BackwardBits(bytes.subarray(usedBytes))
  const weights: number[] = []
  let current = new FseState(table, reader)
  let other = new FseState(table, reader)
  if (reader.left < 0) throw corrupt('a compressed part is cut off')
  for (;;) {
    weights.push(current.symbol)
    if (weights.length > MAX_WEIGHTS) throw corrupt('a compressed part has an impossible table')
    current.advance()
    if (reader.left < 0) break
    ;[current, other] = [other, current]
  }
  weights.push(other.symbol)
  return weights
}

/** The last weight is not written: it is what makes the codes complete. */
function buildTable(weights: readonly number[]): HuffmanTable {
  const sum = weights.reduce((total, weight) => total + (weight > 0 ? 2 ** (weight - 1) : 0), 0)
  if (sum === 0 || weights.length > MAX_WEIGHTS) throw corrupt('a compressed part has an impossible table')
  const maxBits = highestBit(sum) + 1
  const rest = 2 ** maxBits - sum
  if (maxBits > MAX_BITS || (rest & (rest - 1)) !== 0) throw corrupt('a compressed part has an impossible table')
  const lengths = [...weights, highestBit(rest) + 1].map((weight) => (weight > 0 ? maxBits + 1 - weight : 0))
  const size = 1 << maxBits
  const symbols = new Uint8Array(size)
  const bits = new Uint8Array(size)
  let code = 0
  for (let length = maxBits; length > 0; length--) {
    lengths.forEach((own, symbol) => {
      if (own !== length) return
      const end = code + (1 << (maxBits - length))
      symbols.fill(symbol, code, end)
      bits.fill(length, code, end)
      code = end
    })
  }
  if (code !== size) throw corrupt('a compressed part has an impossible table')
  return { maxBits, symbols, bits }
}

/** Decodes one stream into all of `target`; the stream has to end with it. */
export function readHuffmanStream(
  bytes: Uint8Array,
  { maxBits, symbols, bits }: HuffmanTable,
  target: Uint8Array,
): void {
  const reader = new BackwardBits(bytes)
  const mask = (1 << maxBits) - 1
  let state = reader.take(maxBits)
  for (let at = 0; at < target.length; at++) {
    if (reader.left <= -maxBits) throw corrupt('a compressed part is cut off')
    target[at] = symbols[state] ?? 0
    const width = bits[state] ?? 0
    state = ((state << width) | reader.take(width)) & mask
  }
  if (reader.left !== -maxBits) throw corrupt('a compressed part is longer than it says')
}
