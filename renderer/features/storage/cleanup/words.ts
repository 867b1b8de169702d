import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { CleanupPreview, CompactionPreview, VersionStorage } from '#shared/model/storage.ts'

/** What would become of one version. */
export type Fate =
  | { readonly kind: 'goes' }
  /** Old enough, but LanceDB would refuse to remove anything. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'stays' }
  | { readonly kind: 'kept'; readonly by: 'tag' | 'branch'; readonly name: string }

/** What the preview says of each version that does not simply stay. */
export function fatesOf(preview: CleanupPreview | undefined): ReadonlyMap<number, Fate> {
  const fates = new Map<number, Fate>()
  const old: Fate = { kind: preview !== undefined && isBlocked(preview) ? 'refused' : 'goes' }
  for (const version of preview?.versionsRemoved ?? []) fates.set(version, old)
  for (const { kind, name, version } of [...(preview?.keptBy ?? []), ...(preview?.blockedBy ?? [])]) {
    fates.set(version, { kind: 'kept', by: kind, name })
  }
  return fates
}

export function isBlocked(preview: CleanupPreview): boolean {
  return (preview.blockedBy ?? []).length > 0
}

/** `Would free 880 kB`; a refused cleanup frees nothing whatever it would find. */
export function freedHeadline(preview: CleanupPreview): string {
  if (isBlocked(preview)) return 'Would free nothing: LanceDB would refuse'
  return preview.bytesFreed === 0 ? 'Would free nothing' : `Would free ${formatBytes(preview.bytesFreed)}`
}

/** `9 versions and 23 files would go, 6 versions stay`. */
export function removedSentence(preview: CleanupPreview): string {
  const removed = `${formatNoun(preview.versionsRemoved.length, 'version')} and ${formatNoun(preview.filesRemoved, 'file')}`
  const stay = `${formatNoun(preview.versionsKept, 'version')} ${preview.versionsKept === 1 ? 'stays' : 'stay'}`
  return isBlocked(preview)
    ? `Were it not for these tags: ${formatBytes(preview.bytesFreed)}, ${removed}.`
    : `${removed} would go, ${stay}.`
}

/** Why tags stop all of it: `Tag golden is on version 3, older than the cut-off.` */
export function blockedSentence({ blockedBy = [] }: CleanupPreview): string {
  const names = blockedBy.map(({ name, version }) => `“${name}” on version ${version}`)
  const [only] = names
  const subject = names.length === 1 ? `Tag ${only ?? ''} is` : `Tags ${names.join(', ')} are`
  return `${subject} older than the cut-off. LanceDB’s cleanup then stops with an error and removes nothing at all, not even what no tag needs.`
}

/** The version to keep from so that no tag blocks. */
export function unblockedFrom({ blockedBy = [] }: CleanupPreview): number | undefined {
  return blockedBy.length === 0 ? undefined : Math.min(...blockedBy.map(({ version }) => version))
}

/** `1, 2, 3 and 12 more`. */
export function shortList(ids: readonly number[], shown = 8): string {
  const head = ids.slice(0, shown).map(formatCount).join(', ')
  return ids.length > shown ? `${head} and ${formatCount(ids.length - shown)} more` : head
}

export const BLOCKED_WHY: Readonly<Record<CompactionPreview['blocked'][number]['why'], string>> = {
  'index-segments':
    'Neighbours are covered by different index segments, and compaction never mixes those. Rebuilding the index in one piece lets them be compacted.',
  'no-neighbour': 'Small, but with no small fragment beside it to be joined with.',
  'deletions-below-threshold':
    'Rows are deleted, but no more than a tenth of the fragment: LanceDB leaves it as it is.',
}

/** `12 fragments become at least 3`. */
export function compactionHeadline(preview: CompactionPreview): string {
  if (preview.tasks.length === 0) return 'Nothing to compact'
  return `${formatNoun(preview.fragmentsRemoved, 'fragment')} would become ${
    preview.fragmentsAddedAtLeast === 0 ? 'none' : `at least ${formatCount(preview.fragmentsAddedAtLeast)}`
  }`
}

/** Branches with versions of their own, main first. */
export function branchesOf(versions: readonly VersionStorage[]): readonly (string | undefined)[] {
  return [...new Set(versions.map(({ branch }) => branch))].toSorted((a, b) =>
    a === b ? 0 : a === undefined ? -1 : b === undefined ? 1 : a < b ? -1 : 1,
  )
}
