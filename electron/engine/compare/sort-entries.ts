const DIGITS = 65_536
/** Fewer entries than this are sorted faster by comparing them. */
const FEW = 8192

/**
 * Sorts entries of `words` 32-bit words by the unsigned 64-bit number in their first two: a radix sort by 16 bits, which
 * leaves out the digits all entries share.
 */
export function sortEntries(entries: Int32Array, words: number): Int32Array {
  if (entries.length < FEW * words) return sortFew(entries, words)
  let source = entries
  let target: Int32Array = new Int32Array(entries.length)
  for (let digit = 0; digit < 4; digit++) {
    const word = digit >> 1
    const shift = (digit & 1) * 16
    const starts = countDigits(source, words, word, shift)
    if (starts === undefined) continue
    for (let at = 0; at < source.length; at += words) {
      const value = ((source[at + word] as number) >>> shift) & 0xffff
      const to = (starts[value] as number) * words
      starts[value] = (starts[value] as number) + 1
      for (let part = 0; part < words; part++) target[to + part] = source[at + part] as number
    }
    ;[source, target] = [target, source]
  }
  return source
}

/** Where the entries of each digit start; undefined when all have the same. */
function countDigits(entries: Int32Array, words: number, word: number, shift: number): Int32Array | undefined {
  const starts = new Int32Array(DIGITS)
  for (let at = 0; at < entries.length; at += words) {
    const value = ((entries[at + word] as number) >>> shift) & 0xffff
    starts[value] = (starts[value] as number) + 1
  }
  let sum = 0
  for (let value = 0; value < DIGITS; value++) {
    const count = starts[value] as number
    if (count * words === entries.length) return undefined
    starts[value] = sum
    sum += count
  }
  return starts
}

function sortFew(entries: Int32Array, words: number): Int32Array {
  const unsigned = new Uint32Array(entries.buffer, entries.byteOffset, entries.length)
  const order = Uint32Array.from({ length: entries.length / words }, (_, index) => index * words)
  order.sort(
    (a, b) =>
      (unsigned[a + 1] as number) - (unsigned[b + 1] as number) || (unsigned[a] as number) - (unsigned[b] as number),
  )
  const sorted = new Int32Array(entries.length)
  for (const [index, at] of order.entries()) sorted.set(entries.subarray(at, at + words), index * words)
  return sorted
}
