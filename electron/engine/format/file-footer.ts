import { corrupt } from './corrupt.ts'

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** A piece of a file. */
export interface FileSlice {
  readonly start: number
  readonly bytes: Uint8Array
}

/** Either the answer, or the one further range of the file that is needed for it. */
export type TailStep<Result> =
  { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'need'; readonly range: ByteRange }

const MAGIC = 0x434e414c
const FOOTER_BYTES = 40
const LEGACY_FOOTER_BYTES = 16

/** Parts of a file by their positions in all of it. Reads outside of the file or of the parts at hand are damage. */
export class SparseBytes {
  readonly fileBytes: number
  readonly #slices: readonly FileSlice[]

  constructor(slices: readonly FileSlice[], fileBytes: number) {
    this.#slices = slices
    this.fileBytes = fileBytes
  }

  /** The range to read before [start, end) can be; undefined when it is here. What is here already is not asked for again. */
  missing(start: number, end: number): ByteRange | undefined {
    if (end > this.fileBytes || start > end) throw corrupt('it points outside itself')
    if (start === end || this.#find(start, end) !== undefined) return undefined
    let missingEnd = end
    for (let at: FileSlice | undefined; (at = this.#endingAt(missingEnd)) !== undefined;) missingEnd = at.start
    return { start, end: missingEnd }
  }

  /** A piece with the bytes before a position. */
  #endingAt(end: number): FileSlice | undefined {
    return this.#slices.find((slice) => slice.start < end && endOf(slice) >= end)
  }

  /** Bytes [start, end), which may span pieces that touch. */
  slice(start: number, end: number): Uint8Array {
    if (start === end) return new Uint8Array(0)
    const whole = this.#find(start, end)
    if (whole === undefined) throw corrupt('it points outside itself')
    const [first] = whole
    if (whole.length === 1 && first !== undefined) return first.bytes.subarray(start - first.start, end - first.start)
    const joined = new Uint8Array(end - start)
    for (const slice of whole) {
      const from = Math.max(start, slice.start)
      joined.set(slice.bytes.subarray(from - slice.start, Math.min(end, endOf(slice)) - slice.start), from - start)
    }
    return joined
  }

  uint16(at: number): number {
    return this.#view(at, 2).getUint16(0, true)
  }

  uint32(at: number): number {
    return this.#view(at, 4).getUint32(0, true)
  }

  /** A 64-bit position or size, which must fit a JS number. */
  size(at: number): number {
    const value = Number(this.#view(at, 8).getBigUint64(0, true))
    if (!Number.isSafeInteger(value)) throw corrupt('a size in it is impossible')
    return value
  }

  #view(at: number, length: number): DataView {
    if (at < 0 || at + length > this.fileBytes) throw corrupt('it points outside itself')
    const bytes = this.slice(at, at + length)
    return new DataView(bytes.buffer, bytes.byteOffset, length)
  }

  /** Pieces that together hold [start, end), in order. */
  #find(start: number, end: number): readonly FileSlice[] | undefined {
    const found: FileSlice[] = []
    for (let at = start; at < end;) {
      const slice = this.#slices.find((it) => it.start <= at && at < endOf(it))
      if (slice === undefined) return undefined
      found.push(slice)
      at = endOf(slice)
    }
    return found
  }
}

function endOf({ start, bytes }: FileSlice): number {
  return start + bytes.length
}

/** The end of a Lance file of format 2.0 and newer. */
export interface Footer {
  readonly formatVersion: string
  /** Where the metadata of the first column begins (A). */
  readonly columnsAt: number
  /** Where the table of column metadata lies (B). */
  readonly columnTableAt: number
  /** Where the table of global buffers lies (C). */
  readonly bufferTableAt: number
  readonly bufferCount: number
  readonly columnCount: number
  /** Where the footer begins. */
  readonly end: number
}

/**
 * Reads the last 40 bytes of a Lance file: u64 A, u64 B, u64 C, u32 global buffers, u32 columns, u16 major, u16 minor,
 * "LANC". Version 0.3 means 2.0. Files of 0.2 and older are `legacy` and end differently.
 */
export function readFooter(bytes: SparseBytes): Footer | 'legacy' {
  const { fileBytes } = bytes
  if (fileBytes < LEGACY_FOOTER_BYTES) throw corrupt(fileBytes === 0 ? 'it is empty' : `it has only ${fileBytes} bytes`)
  if (bytes.uint32(fileBytes - 4) !== MAGIC) throw corrupt('it does not end as a Lance file does')
  const major = bytes.uint16(fileBytes - 8)
  const minor = bytes.uint16(fileBytes - 6)
  if (major === 0 && minor <= 2) return 'legacy'
  const end = fileBytes - FOOTER_BYTES
  if (end < 0) throw corrupt(`it has only ${fileBytes} bytes`)
  return {
    formatVersion: major === 0 && minor === 3 ? '2.0' : `${major}.${minor}`,
    columnsAt: bytes.size(end),
    columnTableAt: bytes.size(end + 8),
    bufferTableAt: bytes.size(end + 16),
    bufferCount: bytes.uint32(end + 24),
    columnCount: bytes.uint32(end + 28),
    end,
  }
}
