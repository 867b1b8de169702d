/** True when two words are at most `edits` insertions, deletions or replacements of characters apart. */
export function isWithinEdits(a: string, b: string, edits: number): boolean {
  const [from, to] = [[...a], [...b]]
  if (Math.abs(from.length - to.length) > edits) return false
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (const [i, character] of from.entries()) {
    const next = [i + 1]
    for (const [j, other] of to.entries()) {
      const replaced = (row[j] ?? 0) + (character === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    if (Math.min(...next) > edits) return false
    row = next
  }
  return (row.at(-1) ?? 0) <= edits
}
