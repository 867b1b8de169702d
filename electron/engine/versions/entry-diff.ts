import type { EntryChange } from '#shared/model/schema-change.ts'

type Entries = Readonly<Record<string, string>>

/** Keys added, removed and changed from one map of text to the next, sorted by key. */
export function diffEntries(before: Entries, after: Entries): readonly EntryChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return keys
    .map((key) => ({ key, before: valueOf(before, key), after: valueOf(after, key) }))
    .filter((change) => change.before !== change.after)
}

function valueOf(entries: Entries, key: string): string | null {
  return Object.hasOwn(entries, key) ? (entries[key] ?? null) : null
}
