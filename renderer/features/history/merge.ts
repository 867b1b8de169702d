import type { VersionEntry } from '#shared/model/version.ts'

/** Newly read entries before those known, newest first, each version once. The newly read one wins. */
export function mergeNewest(fresh: readonly VersionEntry[], known: readonly VersionEntry[]): readonly VersionEntry[] {
  const oldestFresh = fresh.at(-1)?.version
  return oldestFresh === undefined ? known : [...fresh, ...known.filter((entry) => entry.version < oldestFresh)]
}
