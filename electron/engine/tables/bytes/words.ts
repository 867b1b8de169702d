/*
 * Bytes four at a time. A word is four bytes of a `DataView` read with the lowest first; what is looked for in it is told
 * by marks: the highest bit of each byte that is one. A mark may be wrong only above one that is right, so the lowest is sure.
 */

/** Bytes behind what is looked through that may be read with it. */
export const WORD_SPARE = 4
const ONES = 0x01_01_01_01
const MARKS = 0x80_80_80_80

/** The same byte four times. */
export function repeated(byte: number): number {
  return Math.imul(byte, ONES)
}

/** Marks bytes equal to that of the repeated one. */
export function marksOf(word: number, repeatedByte: number): number {
  const difference = word ^ repeatedByte
  return (difference - ONES) & ~difference & MARKS
}

/** Marks bytes below that of the repeated one, which is at most 128. */
export function marksBelow(word: number, repeatedLimit: number): number {
  return (word - repeatedLimit) & ~word & MARKS
}

/** Which byte of a word, 0 to 3, the lowest of some marks is at. */
export function firstMark(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
