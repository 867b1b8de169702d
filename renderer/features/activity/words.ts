import type { LedgerEntry, LedgerOutcome, UndoItem } from '#shared/model/ledger.ts'
import { formatCount } from '#shared/model/format.ts'

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

/** The write that undoing means when nothing is chosen: the newest of a branch that is not undone yet. */
export function lastWrite(items: readonly UndoItem[], branch: string | undefined): UndoItem | undefined {
  return items.find((item) => item.kind === 'undo' && item.entry.branch === branch)
}
