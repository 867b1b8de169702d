/** Numbers in [0, 1) by chance, the same for the same seed. */
export type Random = () => number

/** Mulberry32: small, and good enough to draw samples. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Whole numbers below `count` in random order, each once, made as they are taken. */
export function* shuffled(count: number, random: Random): Generator<number> {
  // Fisher-Yates over a list that exists only where it differs from 0, 1, 2 …
  const moved = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const pick = at + Math.floor(random() * (count - at))
    yield moved.get(pick) ?? pick
    moved.set(pick, moved.get(at) ?? at)
    moved.delete(at)
  }
}
