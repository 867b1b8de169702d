/** A row that stands in two neighbouring rankings. Places are 0-based. */
export interface Movement {
  readonly key: string
  readonly from: number
  readonly to: number
  /** `up` = nearer to the top on the right. */
  readonly direction: 'up' | 'down' | 'same'
}

/** Where each row of the left ranking stands in the right one; rows of one side only are left out. */
export function movements(left: readonly string[], right: readonly string[]): readonly Movement[] {
  const places = firstPlaces(right)
  return [...firstPlaces(left)].flatMap(([key, from]) => {
    const to = places.get(key)
    if (to === undefined) return []
    const direction = to === from ? 'same' : to < from ? 'up' : 'down'
    return [{ key, from, to, direction }]
  })
}

/** An S-curve between the middles of two rows of a list, as an SVG path; `width` and `rowHeight` in px. */
export function movementPath({ from, to }: Pick<Movement, 'from' | 'to'>, width: number, rowHeight: number): string {
  const [start, end] = [(from + 0.5) * rowHeight, (to + 0.5) * rowHeight]
  return `M0 ${start} C${width / 2} ${start} ${width / 2} ${end} ${width} ${end}`
}

/** `12 rows in both, 4 moved up, 3 down`, for those who do not see the lines. */
export function movementWords(all: readonly Movement[]): string {
  const count = (direction: Movement['direction']): number => all.filter((m) => m.direction === direction).length
  return `${all.length} in both, ${count('up')} higher on the right, ${count('down')} lower`
}

function firstPlaces(keys: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [place, key] of keys.entries()) if (!places.has(key)) places.set(key, place)
  return places
}
