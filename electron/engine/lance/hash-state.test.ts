import { describe, expect, it } from 'vitest'
import { absorb, absorbBytes, finish, LANES } from './hash-state.ts'

/**
 * HalfSipHash-1-3 of the bytes 0, 1, 2, … of every length from 0 on, with the key 00 01 … 07: the values Linux publishes
 * for its `hsiphash` on 32-bit machines (lib/tests/siphash_kunit.c).
 */
const PUBLISHED = [
  0x5814c896, 0xe7e864ca, 0xbc4b0e30, 0x01539939, 0x7e059ea6, 0x88e3d89b, 0xa0080b65, 0x9d38d9d6, 0x577999b1,
  0xc839caed, 0xe4fa32cf, 0x959246ee, 0x6b28096c, 0x66dd9cd6, 0x16658a7c, 0xd0257b04, 0x8b31d501,
]
const [K0, K1] = [0x03020100, 0x07060504]

/** Fresh states, some before the one that counts. */
function statesWithKey(): Int32Array {
  return Int32Array.of(7, 7, 7, 7, K0, K1, K0 ^ 0x6c796765, K1 ^ 0x74656462)
}

/** The 32 bits the algorithm gives out of the state behind {@link LANES}. */
function output(states: Int32Array): number {
  return (states[LANES + 1]! ^ states[LANES + 3]!) >>> 0
}

/** One byte string as words, the last one with the length on top as the algorithm has it. */
function wordsOf(length: number): number[] {
  const bytes = Uint8Array.from({ length: (length >> 2) * 4 + 4 }, (_, at) => (at < length ? at : 0))
  bytes[bytes.length - 1] = length
  return [...new Int32Array(bytes.buffer)]
}

describe('the hash of a row', () => {
  it.each(PUBLISHED.map((expected, length) => [length, expected] as const))(
    'is what is published for %i bytes',
    (length, expected) => {
      const states = statesWithKey()
      for (const word of wordsOf(length)) absorb(states, LANES, word)
      finish(states, LANES)
      expect(output(states)).toBe(expected)
      expect([...states.subarray(0, LANES)]).toEqual([7, 7, 7, 7])
    },
  )

  it.each([0, 1, 3, 4, 7, 12, 13])('takes %i bytes as their length and their words', (length) => {
    const bytes = Uint8Array.from({ length: length + 2 }, (_, at) => 250 + at)
    const [whole, word] = [statesWithKey(), statesWithKey()]
    absorbBytes(whole, LANES, new DataView(bytes.buffer), 1, 1 + length)
    const padded = new Uint8Array(Math.ceil(length / 4) * 4)
    padded.set(bytes.subarray(1, 1 + length))
    for (const next of [length, ...new Int32Array(padded.buffer)]) absorb(word, LANES, next)
    expect(whole).toEqual(word)
  })
})
