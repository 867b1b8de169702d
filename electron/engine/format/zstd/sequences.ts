import { corrupt } from '../corrupt.ts'
import { BackwardBits } from './bits.ts'
import { buildFseTable, FseState, readFseTable, singleSymbol, type FseTable } from './fse.ts'

/** The tables of a block, which the next block may use again. */
export interface SequenceTables {
  readonly literals?: FseTable
  readonly offsets?: FseTable
  readonly matches?: FseTable
}

interface CodeKind {
  readonly maxLog: number
  readonly maxSymbol: number
  readonly predefined: FseTable
}

/** Extra bits of each code; a code's first value follows the values of the code before (RFC 8878 3.1.1.3.2.1.1). */
const LITERAL_BITS = [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
const MATCH_BITS = [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
const LITERAL_BASES = toBases(LITERAL_BITS, 0)
const MATCH_BASES = toBases(MATCH_BITS, 3)

/** Default distributions (RFC 8878 3.1.1.3.2.2). */
const LITERALS: CodeKind = {
  maxLog: 9,
  maxSymbol: 35,
  predefined: buildFseTable([4, 3, ...twos(11), 1, 1, 1, ...twos(9), 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1], 6),
}
const MATCHES: CodeKind = {
  maxLog: 9,
  maxSymbol: 52,
  predefined: buildFseTable(
    [1, 4, 3, ...twos(6), ...Array.from({ length: 37 }, () => 1), ...zeros(7).map(() => -1)],
    6,
  ),
}
const OFFSETS: CodeKind = {
  maxLog: 8,
  maxSymbol: 31,
  predefined: buildFseTable([1, 1, 1, 1, 1, 1, 2, 2, 2, ...Array.from({ length: 15 }, () => 1), -1, -1, -1, -1, -1], 5),
}

/** Bytes written so far, and the three offsets used last. */
export interface Output {
  readonly bytes: Uint8Array
  at: number
  readonly offsets: [number, number, number]
}

/**
 * Reads the sequences section of a block and carries it out: literals copied, matches repeated. Nothing is written past
 * the end of the output, so the work is bounded by its length. Returns the tables for the next block.
 */
export function runSequences(
  section: Uint8Array,
  literals: Uint8Array,
  previous: SequenceTables,
  output: Output,
): SequenceTables {
  const { count, usedBytes } = readSequenceCount(section)
  if (count === 0) {
    copy(output, literals)
    return previous
  }
  const modes = section[usedBytes]
  if (modes === undefined || (modes & 3) !== 0) throw corrupt('a compressed part is cut off')
  let at = usedBytes + 1
  const read = (kind: CodeKind, mode: number, before: FseTable | undefined): FseTable => {
    const found = readTable(section.subarray(at), kind, mode, before)
    at += found.usedBytes
    return found.table
  }
  const tables = {
    literals: read(LITERALS, modes >> 6, previous.literals),
    offsets: read(OFFSETS, (modes >> 4) & 3, previous.offsets),
    matches: read(MATCHES, (modes >> 2) & 3, previous.matches),
  }
  const used = runAll(new BackwardBits(section.subarray(at)), tables, count, literals, output)
  copy(output, literals.subarray(used))
  return tables
}

function readSequenceCount(section: Uint8Array): { readonly count: number; readonly usedBytes: number } {
  const [first, second = 0, third = 0] = section
  if (first === undefined) throw corrupt('a compressed part is cut off')
  if (first < 128) return { count: first, usedBytes: 1 }
  if (first < 255) return { count: (first - 128) * 256 + second, usedBytes: 2 }
  return { count: second + third * 256 + 0x7f00, usedBytes: 3 }
}

function readTable(
  bytes: Uint8Array,
  { maxLog, maxSymbol, predefined }: CodeKind,
  mode: number,
  before: FseTable | undefined,
): { readonly table: FseTable; readonly usedBytes: number } {
  if (mode === 0) return { table: predefined, usedBytes: 0 }
  if (mode === 2) return readFseTable(bytes, maxLog, maxSymbol)
  if (mode === 3) {
    if (before === undefined) throw corrupt('a compressed part uses a table it does not have')
    return { table: before, usedBytes: 0 }
  }
  const [symbol] = bytes
  if (symbol === undefined || symbol > maxSymbol) throw corrupt('a compressed part has an impossible table')
  return { table: singleSymbol(symbol), usedBytes: 1 }
}

/** Returns how many literals were used. */
function runAll(
  bits: BackwardBits,
  tables: Required<SequenceTables>,
  count: number,
  literals: Uint8Array,
  output: Output,
): number {
  const literalState = new FseState(tables.literals, bits)
  const offsetState = new FseState(tables.offsets, bits)
  const matchState = new FseState(tables.matches, bits)
  let used = 0
  for (let sequence = 0; sequence < count; sequence++) {
    const offsetCode = offsetState.symbol
    const offsetValue = 2 ** offsetCode + bits.take(offsetCode)
    const matchLength = readLength(matchState.symbol, MATCH_BASES, MATCH_BITS, bits)
    const literalLength = readLength(literalState.symbol, LITERAL_BASES, LITERAL_BITS, bits)
    if (bits.left < 0 || used + literalLength > literals.length) throw corrupt('a compressed part is cut off')
    copy(output, literals.subarray(used, used + literalLength))
    used += literalLength
    repeat(output, nextOffset(output.offsets, offsetValue, literalLength), matchLength)
    if (sequence === count - 1) break
    literalState.advance()
    matchState.advance()
    offsetState.advance()
  }
  if (bits.left !== 0) throw corrupt('a compressed part is longer than it says')
  return used
}

function readLength(code: number, bases: readonly number[], bits: readonly number[], reader: BackwardBits): number {
  return (bases[code] ?? 0) + reader.take(bits[code] ?? 0)
}

/** Offsets 1 to 3 name one of those used last; without literals they name the one after (RFC 8878 3.1.1.5). */
function nextOffset(last: [number, number, number], value: number, literalLength: number): number {
  const index = value > 3 ? 3 : value - (literalLength === 0 ? 0 : 1)
  if (index === 0) return last[0]
  const offset = value > 3 ? value - 3 : index === 3 ? last[0] - 1 : (last[index] ?? 0)
  if (index > 1) last[2] = last[1]
  last[1] = last[0]
  last[0] = offset
  return offset
}

function copy(output: Output, literals: Uint8Array): void {
  if (output.at + literals.length > output.bytes.length) throw corrupt('a compressed part is longer than it says')
  output.bytes.set(literals, output.at)
  output.at += literals.length
}

function repeat(output: Output, offset: number, length: number): void {
  const { bytes, at } = output
  if (offset <= 0 || offset > at) throw corrupt('a compressed part refers to what is not there')
  if (at + length > bytes.length) throw corrupt('a compressed part is longer than it says')
  // The match may overlap what it writes: byte by byte, so that a short one repeats itself.
  for (let index = at; index < at + length; index++) bytes[index] = bytes[index - offset] ?? 0
  output.at += length
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}

function twos(count: number): number[] {
  return Array.from({ length: count }, () => 2)
}

function toBases(bits: readonly number[], first: number): readonly number[] {
  let base = first
  return bits.map((width) => {
    const own = base
    base += 2 ** width
    return own
  })
}
