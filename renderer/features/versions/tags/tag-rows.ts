import type { TagEntry } from '#shared/model/version.ts'

/** Tags by when they were made or moved, the latest first; those without a date by version, then name. Words narrow them. */
export function toTagRows(tags: readonly TagEntry[], filter: string): readonly TagEntry[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return tags.filter((tag) => words.every((word) => textOf(tag).includes(word))).toSorted(compareTags)
}

function compareTags(a: TagEntry, b: TagEntry): number {
  const byDate = dateOf(b).localeCompare(dateOf(a))
  if (byDate !== 0) return byDate
  return b.version - a.version || a.name.localeCompare(b.name)
}

function dateOf(tag: TagEntry): string {
  return tag.updatedAt ?? tag.createdAt ?? ''
}

function textOf({ name, version, branch, problem }: TagEntry): string {
  return `${name} v${version} ${branch ?? 'main'} ${problem ?? ''}`.toLowerCase()
}
