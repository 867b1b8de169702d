import { describe, expect, it } from 'vitest'
import { NO_NUMBERS, NumberLists } from './number-lists.ts'
import { WireReader } from './wire.ts'

/** A reader at its first field. */
function at(...bytes: readonly number[]): WireReader {
  const reader = new WireReader(Uint8Array.from(bytes))
  reader.next()
  return reader
}

const packed = (...values: readonly number[]): WireReader => at(0x12, values.length, ...values)

describe('NumberLists', () => {
  it('gives equal packed lists as one array', () => {
    const lists = new NumberLists()
    const first = lists.read(packed(0, 1, 2), NO_NUMBERS)
    expect(first).toEqual([0, 1, 2])
    expect(lists.read(packed(0, 1, 3), NO_NUMBERS)).toEqual([0, 1, 3])
    expect(lists.read(packed(0, 1), NO_NUMBERS)).toEqual([0, 1])
    expect(lists.read(packed(0, 1, 2), NO_NUMBERS)).toBe(first)
  })

  it('puts a list in several pieces together, packed or not, and leaves shared ones as they are', () => {
    const lists = new NumberLists()
    const first = lists.read(packed(4, 5), NO_NUMBERS)
    const both = lists.read(packed(6), first)
    expect(lists.read(at(0x10, 7), both)).toEqual([4, 5, 6, 7])
    expect(lists.read(packed(4, 5), NO_NUMBERS)).toEqual([4, 5])
    expect(NO_NUMBERS).toEqual([])
  })

  it('reads negative numbers', () => {
    const minusTwo = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
    expect(new NumberLists().read(packed(...minusTwo, 3), NO_NUMBERS)).toEqual([-2, 3])
  })

  it('reads any number of different lists', () => {
    const lists = new NumberLists()
    for (const round of [1, 2]) {
      for (let n = 0; n < 100; n++) expect(lists.read(packed(n, round), NO_NUMBERS)).toEqual([n, round])
    }
  })
})
