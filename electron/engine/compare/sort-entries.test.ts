import { expect, it } from 'vitest'
import { createRandom } from '#shared/random.fixture.ts'
import { sortEntries } from './sort-entries.ts'

it.each([
  [10, 2],
  [500, 4],
  [20_000, 2],
  [20_000, 4],
])('sorts %i entries of %i words by their unsigned 64-bit number', (count, words) => {
  const random = createRandom(count + words)
  const entries = new Int32Array(count * words)
  for (let at = 0; at < entries.length; at += words) {
    entries[at] = random(0xffffffff) | 0
    entries[at + 1] = random(3) - 1
    for (let extra = 2; extra < words; extra++) entries[at + extra] = at
  }
  const numberAt = (all: Int32Array, at: number): bigint => (BigInt(all[at + 1]! >>> 0) << 32n) | BigInt(all[at]! >>> 0)
  const wanted = BigUint64Array.from({ length: count }, (_, index) => numberAt(entries, index * words)).sort()
  const sorted = sortEntries(entries.slice(), words)
  for (let index = 0; index < count; index++) {
    expect(numberAt(sorted, index * words)).toBe(wanted[index])
    if (words > 2) expect(numberAt(entries, sorted[index * words + 2]!)).toBe(wanted[index])
  }
})
