/** Words of state each hash has: one row of an `Int32Array` of states. */
export const LANES = 4

/** A secret of this process, so that nobody can prepare values whose hashes collide. */
const KEY = crypto.getRandomValues(new Int32Array(2))

/** Fresh states for `count` hashes. */
export function newStates(count: number): Int32Array {
  const states = new Int32Array(count * LANES)
  resetStates(states, 0, count)
  return states
}

/** Makes the states [from, to) of an array fresh again. */
export function resetStates(states: Int32Array, from: number, to: number): void {
  const [k0 = 0, k1 = 0] = KEY
  for (let at = from * LANES; at < to * LANES; at += LANES) {
    states[at] = k0
    states[at + 1] = k1
    states[at + 2] = k0 ^ 0x6c796765
    states[at + 3] = k1 ^ 0x74656462
  }
}

/**
 * Takes one more 32-bit word into the state at `at`: the message step of HalfSipHash-1-3 (Aumasson and Bernstein), which
 * is keyed and needs nothing wider than 32 bits. It is written out here because libraries hash one buffer at a time: a
 * row would have to be put together first, which measured four times slower, while this takes the columns of a batch one
 * after the other. Its output is held against the published reference by a test.
 */
export function absorb(states: Int32Array, at: number, word: number): void {
  let v0 = states[at] as number
  let v1 = states[at + 1] as number
  let v2 = states[at + 2] as number
  let v3 = (states[at + 3] as number) ^ word
  v0 = (v0 + v1) | 0
  v1 = (v1 << 5) | (v1 >>> 27)
  v1 ^= v0
  v0 = (v0 << 16) | (v0 >>> 16)
  v2 = (v2 + v3) | 0
  v3 = (v3 << 8) | (v3 >>> 24)
  v3 ^= v2
  v0 = (v0 + v3) | 0
  v3 = (v3 << 7) | (v3 >>> 25)
  v3 ^= v0
  v2 = (v2 + v1) | 0
  v1 = (v1 << 13) | (v1 >>> 19)
  v1 ^= v2
  v2 = (v2 << 16) | (v2 >>> 16)
  states[at] = v0 ^ word
  states[at + 1] = v1
  states[at + 2] = v2
  states[at + 3] = v3
}

/**
 * {@link absorb} for the length of bytes [from, to), so that no two rows of texts read alike, and then for their words, the
 * last one filled up with zeros. The same steps with the state in registers: texts are most of what is hashed.
 */
export function absorbBytes(states: Int32Array, at: number, bytes: DataView, from: number, to: number): void {
  let v0 = states[at] as number
  let v1 = states[at + 1] as number
  let v2 = states[at + 2] as number
  let v3 = states[at + 3] as number
  let word = to - from
  for (let next = from; ; next += 4) {
    v3 ^= word
    v0 = (v0 + v1) | 0
    v1 = (v1 << 5) | (v1 >>> 27)
    v1 ^= v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = (v3 << 8) | (v3 >>> 24)
    v3 ^= v2
    v0 = (v0 + v3) | 0
    v3 = (v3 << 7) | (v3 >>> 25)
    v3 ^= v0
    v2 = (v2 + v1) | 0
    v1 = (v1 << 13) | (v1 >>> 19)
    v1 ^= v2
    v2 = (v2 << 16) | (v2 >>> 16)
    v0 ^= word
    if (next >= to) break
    word = next + 4 <= to ? bytes.getInt32(next, true) : lastWord(bytes, next, to)
  }
  states[at] = v0
  states[at + 1] = v1
  states[at + 2] = v2
  states[at + 3] = v3
}

function lastWord(bytes: DataView, from: number, to: number): number {
  let word = 0
  for (let position = from, shift = 0; position < to; position++, shift += 8) word |= bytes.getUint8(position) << shift
  return word
}

/** Ends a hash: its state becomes 128 well-mixed bits. */
export function finish(states: Int32Array, at: number): void {
  states[at + 2] = (states[at + 2] as number) ^ 0xff
  for (let round = 0; round < 3; round++) absorb(states, at, 0)
}

/** Ends the first `count` hashes. */
export function finishAll(states: Int32Array, count: number): void {
  for (let at = 0; at < count * LANES; at += LANES) finish(states, at)
}
