import type { Data } from 'apache-arrow'
import { absorb, absorbBytes, LANES } from './hash-state.ts'
import { loadArrow } from './module.ts'

/** Takes one non-null value of an array into the state at `at`. */
export type Absorber = (states: Int32Array, at: number, index: number) => void

/**
 * How the values of an array are hashed. Equal values give equal words whatever batch, file or encoding they come from:
 * dictionaries count as their values, lists by their elements, texts by their bytes. Floats are equal bit by bit, so 0 and
 * -0 differ, except that every NaN equals every other.
 */
export function absorberFor(data: Data): Absorber {
  const { DataType: is } = loadArrow()
  const { type } = data
  if (is.isNull(type)) return () => undefined
  if (is.isBool(type)) return absorbBits(data)
  if (is.isFloat(type)) return absorbFloats(data)
  if (is.isUtf8(type) || is.isBinary(type) || is.isLargeUtf8(type) || is.isLargeBinary(type)) return absorbTexts(data)
  if (is.isFixedSizeBinary(type)) return absorbFixed(data, type.byteWidth)
  if (is.isDecimal(type)) return absorbWords(data, type.bitWidth / 32)
  if (is.isDictionary(type)) return absorbDictionary(data)
  if (is.isStruct(type)) return absorbStructs(data)
  if (is.isFixedSizeList(type)) return absorbVectors(data, type.listSize)
  if (is.isList(type) || is.isMap(type)) return absorbLists(data)
  const { BYTES_PER_ELEMENT: bytes } = data.values as Int32Array
  return bytes < 4 ? absorbNarrow(data) : absorbWords(data, bytes / 4)
}

/** Takes the first `rows` values of an array without nulls, one into each state. */
export function absorbWhole(data: Data, states: Int32Array, rows: number): void {
  const { DataType: is } = loadArrow()
  const { type } = data
  const isText = is.isUtf8(type) || is.isBinary(type) || is.isLargeUtf8(type) || is.isLargeBinary(type)
  // A loop of its own for what tables mostly hold: a call through `Absorber` for every value costs as much as the value.
  if (isText) return absorbWholeTexts(data, states, rows)
  const isPlain = is.isInt(type) || is.isTimestamp(type) || is.isDate(type) || is.isTime(type)
  const { BYTES_PER_ELEMENT: bytes } = (data.values ?? { BYTES_PER_ELEMENT: 0 }) as Int32Array
  if (isPlain && bytes === 8) return absorbWholeDoubles(wordsOf(data.values as Int32Array), states, rows)
  if (is.isFloat(type) && bytes === 8) return absorbWholeFloats(wordsOf(data.values as Float64Array), states, rows)
  const absorbValue = absorberFor(data)
  for (let row = 0, at = 0; row < rows; row++, at += LANES) absorbValue(states, at, row)
}

function absorbWholeTexts(data: Data, states: Int32Array, rows: number): void {
  const { offsets, step } = offsetsOf(data)
  const bytes = data.values as Uint8Array
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let from = offsets[0] as number
  for (let row = 0, at = 0; row < rows; row++, at += LANES) {
    const to = offsets[(row + 1) * step] as number
    absorbBytes(states, at, view, from, to)
    from = to
  }
}

function absorbWholeDoubles(words: Int32Array, states: Int32Array, rows: number): void {
  for (let row = 0, at = 0; row < rows; row++, at += LANES) {
    absorb(states, at, words[row * 2] as number)
    absorb(states, at, words[row * 2 + 1] as number)
  }
}

function absorbWholeFloats(words: Int32Array, states: Int32Array, rows: number): void {
  for (let row = 0, at = 0; row < rows; row++, at += LANES) {
    absorbDouble(states, at, words[row * 2] as number, words[row * 2 + 1] as number)
  }
}

/** Only the `size` of a blob's descriptor counts: where the bytes lie changes whenever they are rewritten. */
export function blobSizeAbsorber(data: Data): Absorber {
  const { DataType: is } = loadArrow()
  const size = is.isStruct(data.type) ? data.type.children.findIndex((child) => child.name === 'size') : -1
  const child = data.children[size]
  return child === undefined ? absorberFor(data) : absorbNullable(child)
}

/** A value that may be null: one word says which. */
function absorbNullable(data: Data): Absorber {
  const absorbValue = absorberFor(data)
  if (isNeverNull(data)) {
    return (states, at, index) => {
      absorb(states, at, 1)
      absorbValue(states, at, index)
    }
  }
  const isPresent = validityOf(data)
  return (states, at, index) => {
    const present = isPresent(index)
    absorb(states, at, present ? 1 : 0)
    if (present) absorbValue(states, at, index)
  }
}

/** True when an array can hold no null; arrays of the null type hold nothing else. */
export function isNeverNull(data: Data): boolean {
  const words = data.dictionary?.data ?? []
  return data.nullCount === 0 && !loadArrow().DataType.isNull(data.type) && words.every(isNeverNull)
}

/** Which values of an array are not null, from its bitmap: apache-arrow's own test looks at the type every time. */
export function validityOf(data: Data): (index: number) => boolean {
  if (loadArrow().DataType.isNull(data.type)) return () => false
  const { nullBitmap: bits, offset } = data
  const isPresent =
    data.nullCount === 0 || bits.length === 0
      ? () => true
      : (index: number) => (((bits[(offset + index) >> 3] as number) >> ((offset + index) & 7)) & 1) === 1
  const words = data.dictionary
  if (words === undefined || words.data.every(isNeverNull)) return isPresent
  const codes = data.values as Int32Array
  return (index) => isPresent(index) && words.get(Number(codes[index])) !== null
}

/** The buffer behind a typed array as 32-bit words. */
function wordsOf(values: ArrayBufferView): Int32Array {
  if (values.byteOffset % 4 === 0) {
    return new Int32Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength >> 2)
  }
  const copy = Uint8Array.from(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength))
  return new Int32Array(copy.buffer, 0, copy.byteLength >> 2)
}

function absorbBits(data: Data): Absorber {
  const bits = data.values as Uint8Array
  const { offset } = data
  return (states, at, index) => {
    const bit = offset + index
    absorb(states, at, ((bits[bit >> 3] as number) >> (bit & 7)) & 1)
  }
}

function absorbNarrow(data: Data): Absorber {
  const values = data.values as Int16Array
  return (states, at, index) => absorb(states, at, values[index] as number)
}

function absorbWords(data: Data, words: number): Absorber {
  const values = wordsOf(data.values as Int32Array)
  if (words === 1) return (states, at, index) => absorb(states, at, values[index] as number)
  if (words === 2) {
    return (states, at, index) => {
      absorb(states, at, values[index * 2] as number)
      absorb(states, at, values[index * 2 + 1] as number)
    }
  }
  return (states, at, index) => {
    for (let word = index * words; word < (index + 1) * words; word++) absorb(states, at, values[word] as number)
  }
}

const NAN_HALF = 0x7e00
const NAN_SINGLE = 0x7fc00000
const NAN_DOUBLE_HIGH = 0x7ff80000

function absorbFloats(data: Data): Absorber {
  const { BYTES_PER_ELEMENT: bytes } = data.values as Float64Array
  if (bytes === 2) {
    const halves = data.values as Uint16Array
    return (states, at, index) => {
      const bits = halves[index] as number
      absorb(states, at, (bits & 0x7fff) > 0x7c00 ? NAN_HALF : bits)
    }
  }
  const words = wordsOf(data.values as Float64Array)
  if (bytes === 4) {
    return (states, at, index) => {
      const bits = words[index] as number
      absorb(states, at, (bits & 0x7fffffff) > 0x7f800000 ? NAN_SINGLE : bits)
    }
  }
  return (states, at, index) => {
    absorbDouble(states, at, words[index * 2] as number, words[index * 2 + 1] as number)
  }
}

function absorbDouble(states: Int32Array, at: number, low: number, high: number): void {
  const magnitude = high & 0x7fffffff
  const isNaN = magnitude > 0x7ff00000 || (magnitude === 0x7ff00000 && low !== 0)
  absorb(states, at, isNaN ? 0 : low)
  absorb(states, at, isNaN ? NAN_DOUBLE_HIGH : high)
}

function absorbTexts(data: Data): Absorber {
  const { offsets, step } = offsetsOf(data)
  const bytes = data.values as Uint8Array
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (states, at, index) => {
    const start = index * step
    absorbBytes(states, at, view, offsets[start] as number, offsets[start + step] as number)
  }
}

function absorbFixed(data: Data, width: number): Absorber {
  const bytes = data.values as Uint8Array
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (states, at, index) => absorbBytes(states, at, view, index * width, (index + 1) * width)
}

/** Offsets of a batch always fit 31 bits; of 64-bit ones the low words do, every second word. */
export function offsetsOf(data: Data): { readonly offsets: Int32Array; readonly step: 1 | 2 } {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array
  return offsets instanceof Int32Array ? { offsets, step: 1 } : { offsets: wordsOf(offsets), step: 2 }
}

function absorbDictionary(data: Data): Absorber {
  const chunks = data.dictionary?.data ?? []
  const absorbers = chunks.map(absorberFor)
  const codes = data.values as Int32Array
  return (states, at, index) => {
    let code = Number(codes[index])
    for (const [number, chunk] of chunks.entries()) {
      if (code < chunk.length) return absorbers[number]?.(states, at, code)
      code -= chunk.length
    }
  }
}

function absorbStructs(data: Data): Absorber {
  const children = data.children.map((child) => absorbNullable(child))
  return (states, at, index) => {
    for (const child of children) child(states, at, index)
  }
}

function absorbLists(data: Data): Absorber {
  const { offsets, step } = offsetsOf(data)
  const absorbItems = rangeAbsorber(data.children[0] as Data)
  return (states, at, index) => {
    const from = offsets[index * step] as number
    const to = offsets[(index + 1) * step] as number
    absorb(states, at, to - from)
    absorbItems(states, at, from, to)
  }
}

function absorbVectors(data: Data, size: number): Absorber {
  const absorbItems = rangeAbsorber(data.children[0] as Data)
  return (states, at, index) => absorbItems(states, at, index * size, (index + 1) * size)
}

/** Items without a word of validity each: vectors would cost twice as much. Their nulls are named after them instead. */
function rangeAbsorber(items: Data): (states: Int32Array, at: number, from: number, to: number) => void {
  const absorbItem = absorberFor(items)
  const isPresent = validityOf(items)
  return (states, at, from, to) => {
    let nulls = 0
    for (let index = from; index < to; index++) {
      if (isPresent(index)) absorbItem(states, at, index)
      else {
        nulls++
        absorb(states, at, index - from)
      }
    }
    absorb(states, at, nulls)
    if (nulls === 0) return
    for (let index = from; index < to; index++) if (!isPresent(index)) absorb(states, at, index - from)
  }
}
