/** Versions picked for comparison: none, one, or two, in the order they were picked. */
export type Picks = readonly number[]

/** Picks a version or lets it go. A third one takes the place of the first. */
export function togglePick(picks: Picks, version: number): Picks {
  if (picks.includes(version)) return picks.filter((picked) => picked !== version)
  return [...picks, version].slice(-2)
}

/** Pairs a version with the last one picked, or with the one on screen when none was. The same version pairs with nothing. */
export function pairPick(picks: Picks, version: number, onScreen: number): Picks {
  const partner = picks.at(-1) ?? onScreen
  return partner === version ? [version] : [partner, version]
}

/** Both versions, the older one first; null while there are not two. */
export function pairOf(picks: Picks): { readonly older: number; readonly newer: number } | null {
  const [a, b] = picks
  return a === undefined || b === undefined ? null : { older: Math.min(a, b), newer: Math.max(a, b) }
}
