import type { LaterCommit, LedgerEntry, LedgerOutcome, UndoItem } from '#shared/model/ledger.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'

/** `v12 → v14`; what is not known stays open. */
export function versionsText({ versionBefore, versionAfter }: LedgerEntry): string {
  if (versionBefore === undefined && versionAfter === undefined) return '–'
  const words = (version: number | undefined): string => (version === undefined ? '?' : `v${formatCount(version)}`)
  return versionBefore === versionAfter ? words(versionBefore) : `${words(versionBefore)} → ${words(versionAfter)}`
}

/** What came of a write in a word or two. */
export function outcomeText({ outcome, undoneBy }: LedgerEntry): string {
  if (undoneBy !== undefined) return 'undone'
  return OUTCOMES[outcome]
}

const OUTCOMES: Readonly<Record<LedgerOutcome, string>> = {
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  unfinished: 'not finished',
}

/** `ann`, `ann, by policy`. */
export function whoText({ who: { user, by } }: LedgerEntry): string {
  return by === 'policy' ? `${user}, by policy` : user
}

/** Entries in which the words typed occur: title, operation, who, branch, outcome, error. */
export function filterEntries(entries: readonly LedgerEntry[], text: string): readonly LedgerEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries.filter((entry) => {
    const { title, operation, branch = 'main', error } = entry
    const all = [
      title,
      operation,
      branch,
      whoText(entry),
      outcomeText(entry),
      versionsText(entry),
      error?.message ?? '',
    ]
    const found = all.join(' ').toLowerCase()
    return words.every((word) => found.includes(word))
  })
}

/**
 * The write that undoing means when nothing is chosen: the newest of a branch that is not undone yet. One that never noted
 * its end and cannot be undone, since it committed nothing, is passed over.
 */
export function lastWrite(items: readonly UndoItem[], branch: string | undefined): UndoItem | undefined {
  return items.find(
    ({ kind, entry, problem }) =>
      kind === 'undo' && entry.branch === branch && (entry.versionAfter !== undefined || problem === undefined),
  )
}

/** Who made a commit, as far as the ledger tells. `entry` is the write it is looked at from. */
export function makerText({ entry, perhapsOf = [] }: LaterCommit, { id }: LedgerEntry): string {
  if (entry !== undefined) return 'by Tiltyard'
  if (perhapsOf.includes(id)) return 'perhaps of this write'
  return perhapsOf.length > 0 ? 'perhaps of another write that did not end' : 'by another program'
}

/** What is known of a write that never noted its end; `item` = what is known of it beside the ledger, if it makes versions. */
export function unfinishedText({ id, versionBefore }: LedgerEntry, item: UndoItem | undefined): string {
  const ended = 'Tiltyard ended before this did.'
  if (versionBefore === undefined) {
    return `${ended} It makes no version, so look at what it was to change; the dataset is at a consistent version.`
  }
  if (item === undefined) return `${ended} Whether a version appeared since is not known yet.`
  if (item.kind === 'redo') return `${ended} What came after version ${formatCount(versionBefore)} was taken back.`
  const own = item.later.filter(({ perhapsOf }) => perhapsOf?.includes(id) === true).map(({ version }) => version)
  if (own.length === 0) return item.problem === undefined ? ended : `${ended} ${item.problem.message}`
  const list = own.map((version) => `v${formatCount(version)}`).slice(0, 5)
  const names = own.length > list.length ? `${list.join(', ')}…` : list.join(', ')
  const least = item.laterCount > item.later.length ? 'At least ' : ''
  return `${ended} ${least}${formatNoun(own.length, 'version')} appeared since that may be its own: ${names}.`
}
