import type { Manifest } from '../format/types.ts'
import { liveRows } from '../indices/index.ts'

/** Live rows of a version. */
export function liveRowsOf({ fragments }: Manifest): number {
  return fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
}

/** Where the live rows of a fragment begin, counted from the first live row of all. */
export function firstRowOf({ fragments }: Manifest, id: number): number {
  const end = fragments.findIndex((fragment) => fragment.id === id)
  return fragments.slice(0, Math.max(0, end)).reduce((sum, fragment) => sum + liveRows(fragment), 0)
}
