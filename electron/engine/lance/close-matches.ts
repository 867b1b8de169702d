/** Names most like a mistyped one, nearest first, at most three: same letters in another case, a prefix, or a few edits away. */
export function closeMatches(name: string, known: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(wanted, candidate.toLowerCase(), limit) }))
    .filter((scored) => scored.distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((scored) => scored.candidate)
}

function distanceTo(wanted: string, candidate: string, limit: number): number {
  if (candidate === wanted) return 0
  if (wanted.length > 1 && candidate.startsWith(wanted)) return 1
  if (wanted.length > 64 || Math.abs(candidate.length - wanted.length) > limit) return limit + 1
  return editDistance(wanted, candidate)
}

/** Insertions, deletions, changes and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(change, swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
