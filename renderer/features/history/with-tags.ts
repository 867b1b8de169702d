import type { TagEntry, VersionEntry } from '#shared/model/version.ts'

/**
 * The entries with the tags they have now, names in order; the very same array when nothing changed.
 * `branch` is the one the entries belong to, undefined = main.
 */
export function withTags(
  entries: readonly VersionEntry[],
  tags: readonly TagEntry[],
  branch: string | undefined,
): readonly VersionEntry[] {
  const byVersion = new Map<number, string[]>()
  for (const tag of tags) {
    if (tag.branch !== branch || tag.problem !== undefined) continue
    const names = byVersion.get(tag.version)
    if (names === undefined) byVersion.set(tag.version, [tag.name])
    else names.push(tag.name)
  }
  for (const names of byVersion.values()) names.sort()
  let isChanged = false
  const next = entries.map((entry) => {
    const names = byVersion.get(entry.version) ?? []
    if (isSame(names, entry.tags)) return entry
    isChanged = true
    return { ...entry, tags: names }
  })
  return isChanged ? next : entries
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}
