import type { WireReader } from './wire.ts'

/** Fragments of a repeated DataFragment field and the sum of their physical rows. */
export function sumPhysicalRows(message: WireReader, field: number): { fragments: number; rows: number } {
  let fragments = 0
  let rows = 0
  while (message.next()) {
    if (message.field === field) {
      fragments++
      rows += readPhysicalRows(message.message())
    } else message.skip()
  }
  return { fragments, rows }
}

/** DataFragment.physical_rows. */
export function readPhysicalRows(fragment: WireReader): number {
  return readNumber(fragment, 4)
}

/** DataFragment.physical_rows minus what its deletion file names. */
export function readLiveRows(fragment: WireReader): number {
  let rows = 0
  while (fragment.next()) {
    if (fragment.field === 4) rows += fragment.uint()
    else if (fragment.field === 3) rows -= readNumber(fragment.message(), 4)
    else fragment.skip()
  }
  return Math.max(0, rows)
}

/** How often a field occurs. */
export function countFields(message: WireReader, field: number): number {
  let count = 0
  while (message.next()) {
    if (message.field === field) count++
    message.skip()
  }
  return count
}

/** The last value of an unsigned field; 0 when absent. */
export function readNumber(message: WireReader, field: number): number {
  let value = 0
  while (message.next()) {
    if (message.field === field) value = message.uint()
    else message.skip()
  }
  return value
}
