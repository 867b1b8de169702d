import type { Pace } from '../pace.ts'

/** Sorted at once; small enough that nobody notices. */
const CHUNK = 1024

/** Sorts by a text key like `toSorted`, but gives others their turn while a long list is sorted. */
export async function sortPaced<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  pace: Pace,
): Promise<readonly Item[]> {
  let runs: (readonly Item[])[] = []
  for (let start = 0; start < items.length; start += CHUNK) {
    await pace()
    runs.push(items.slice(start, start + CHUNK).toSorted((a, b) => compare(keyOf(a), keyOf(b))))
  }
  while (runs.length > 1) {
    const merged: (readonly Item[])[] = []
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], keyOf, pace))
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  keyOf: (item: Item) => string,
  pace: Pace,
): Promise<readonly Item[]> {
  const merged: Item[] = []
  let [a, b] = [0, 0]
  while (merged.length < left.length + right.length) {
    if (merged.length % CHUNK === 0) await pace()
    const [first, second] = [left[a], right[b]]
    const takesLeft = second === undefined || (first !== undefined && keyOf(first) <= keyOf(second))
    const next = takesLeft ? first : second
    if (next === undefined) break
    merged.push(next)
    if (takesLeft) a++
    else b++
  }
  return merged
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
