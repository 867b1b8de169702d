import type { VersionEntry } from '#shared/model/version.ts'
import type { Stretch } from '../state/view-store.ts'

/** One line of the versions list. */
export type VersionRow =
  | { readonly kind: 'version'; readonly entry: VersionEntry }
  /** Versions that no longer exist, both ends inclusive. */
  | { readonly kind: 'gap'; readonly oldest: number; readonly newest: number }

export interface VersionRowOptions {
  readonly filter: string
  /** Narrows the list; null = all of it. */
  readonly stretch: Stretch | null
  /** True once every version was read; before that the end of the list means nothing. */
  readonly isComplete: boolean
  /** Branches begin at a version of their parent, so nothing is missing before their first. */
  readonly isMain: boolean
}

/** The list's lines, newest first, with a line for every run of cleaned-up versions. A filter hides those. */
export function toVersionRows(all: readonly VersionEntry[], options: VersionRowOptions): readonly VersionRow[] {
  const { stretch } = options
  const entries =
    stretch === null ? all : all.filter(({ version }) => version >= stretch.oldest && version <= stretch.newest)
  const words = options.filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length > 0) {
    return entries.filter((entry) => matches(entry, words)).map((entry) => ({ kind: 'version', entry }))
  }
  return entries.flatMap((entry, index): readonly VersionRow[] => {
    const older =
      entries[index + 1]?.version ?? (options.isComplete && options.isMain && stretch === null ? 0 : entry.version - 1)
    const row: VersionRow = { kind: 'version', entry }
    return entry.version - older > 1 ? [row, { kind: 'gap', oldest: older + 1, newest: entry.version - 1 }] : [row]
  })
}

/** The version next to another one in the list, skipping what was cleaned up; undefined at the ends. */
export function neighbourVersion(
  entries: readonly VersionEntry[],
  version: number,
  direction: 'older' | 'newer',
): number | undefined {
  if (direction === 'older') return entries.find((entry) => entry.version < version)?.version
  return entries.findLast((entry) => entry.version > version)?.version
}

/** Every word must be in the sentence, the operation, a tag or the version (`12` or `v12`). */
function matches(entry: VersionEntry, words: readonly string[]): boolean {
  const text =
    `v${entry.version} ${entry.operation} ${entry.sentence} ${entry.tags.join(' ')} ${entry.problem ?? ''}`.toLowerCase()
  return words.every((word) =>
    /^\d+$/.test(word) ? String(entry.version).startsWith(word) || text.includes(` ${word}`) : text.includes(word),
  )
}
