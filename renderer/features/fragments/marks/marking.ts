/** Marks or unmarks one fragment; with `from` all between the two in the order shown, both included. */
export function withMark(
  marked: ReadonlySet<number>,
  shown: readonly number[],
  id: number,
  from: number | undefined,
): ReadonlySet<number> {
  const isOn = !marked.has(id)
  const start = from === undefined ? -1 : shown.indexOf(from)
  const end = shown.indexOf(id)
  const ids = start < 0 || end < 0 ? [id] : shown.slice(Math.min(start, end), Math.max(start, end) + 1)
  const next = new Set(marked)
  for (const one of ids) {
    if (isOn) next.add(one)
    else next.delete(one)
  }
  return next
}
