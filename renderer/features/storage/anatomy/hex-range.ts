/** Bytes on one page of the hex view: 512 lines. */
export const PAGE_BYTES = 8192

/** Pages are counted from 0; an empty file has one. */
export function lastPage(size: number): number {
  return Math.max(0, Math.ceil(size / PAGE_BYTES) - 1)
}

export interface ByteRange {
  readonly start: number
  readonly length: number
}

export function pageRange(page: number, size: number): ByteRange {
  const start = page * PAGE_BYTES
  return { start, length: Math.max(0, Math.min(PAGE_BYTES, size - start)) }
}

/**
 * Offset as a person writes it: `4096`, `4,096`, `0x1000`, or `-16` counted from the end. Undefined when it is none or
 * lies outside the file.
 */
export function parseOffset(text: string, size: number): number | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,_\s]/g, '')
  const isHex = /^0x[0-9a-f]+$/.test(plain)
  if (!isHex && !/^-?\d+$/.test(plain)) return undefined
  const value = isHex ? Number.parseInt(plain.slice(2), 16) : Number(plain)
  const offset = value < 0 || Object.is(value, -0) ? size + value : value
  return offset >= 0 && offset < size ? offset : undefined
}

/** `0x2000–0x3fff of 52,114 bytes`. */
export function rangeText({ start, length }: ByteRange): string {
  return length === 0 ? 'no bytes' : `0x${start.toString(16)}–0x${(start + length - 1).toString(16)}`
}
