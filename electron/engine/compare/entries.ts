import type { EntryChange } from '#shared/model/schema-change.ts'

type Entries = Readonly<Record<string, string>>

/** What changed from one map of text to another, by key. */
export function diffEntries(before: Entries, after: Entries): readonly EntryChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return keys.flatMap((key) => {
    const old = Object.hasOwn(before, key) ? (before[key] ?? null) : null
    const now = Object.hasOwn(after, key) ? (after[key] ?? null) : null
    return old === now ? [] : [{ key, before: old, after: now }]
  })
}
