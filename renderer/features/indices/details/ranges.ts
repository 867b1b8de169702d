/** Ids as `0–4, 7, 9–12`, at most so many ranges, then `and 3 more ranges`. */
export function rangesText(ids: readonly number[], most: number): string {
  const ranges: { readonly from: number; to: number }[] = []
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && id === last.to + 1) last.to = id
    else ranges.push({ from: id, to: id })
  }
  const texts = ranges.slice(0, most).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
  const rest = ranges.length - texts.length
  return `${texts.join(', ')}${rest === 0 ? '' : ` and ${rest} more range${rest === 1 ? '' : 's'}`}`
}
