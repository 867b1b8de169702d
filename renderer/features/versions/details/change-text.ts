import type { EntryChange, SchemaChange } from '#shared/model/schema-change.ts'

export type ChangeTone = 'more' | 'less' | 'other'

export interface ChangeText {
  readonly tone: ChangeTone
  /** The name of what changed. */
  readonly name: string
  readonly text: string
}

/** One difference of two schemas as a name and what happened to it. */
export function schemaChangeText(change: SchemaChange): ChangeText {
  switch (change.kind) {
    case 'added':
      return { tone: 'more', name: change.name, text: `added, ${change.type}` }
    case 'dropped':
      return { tone: 'less', name: change.name, text: `dropped, was ${change.type}` }
    case 'renamed':
      return { tone: 'other', name: change.name, text: `renamed from ${change.from}` }
    case 'retyped':
      return { tone: 'other', name: change.name, text: `${change.from} became ${change.to}` }
    case 'nullable':
      return { tone: 'other', name: change.name, text: change.nullable ? 'may now be null' : 'may no longer be null' }
    case 'metadata':
      return { tone: 'other', name: change.name, text: `metadata: ${change.changes.map(entryWords).join(', ')}` }
  }
}

/** One difference of two maps of text. */
export function entryChangeText({ key, before, after }: EntryChange): ChangeText {
  if (before === null) return { tone: 'more', name: key, text: `set to ${after ?? ''}` }
  if (after === null) return { tone: 'less', name: key, text: `removed, was ${before}` }
  return { tone: 'other', name: key, text: `${before} became ${after}` }
}

function entryWords(change: EntryChange): string {
  return `${change.key} ${change.before === null ? 'set' : change.after === null ? 'removed' : 'changed'}`
}

/** Ids as runs: `0–15, 20, 22–23`; at most `runs` of them, the rest counted. */
export function idRuns(ids: readonly number[], runs = 12): string {
  const sorted = ids.toSorted((a, b) => a - b)
  const texts: string[] = []
  let covered = 0
  for (let start = 0; start < sorted.length && texts.length < runs;) {
    let end = start
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1
    texts.push(start === end ? String(sorted[start]) : `${sorted[start]}–${sorted[end]}`)
    covered = end + 1
    start = end + 1
  }
  return covered < sorted.length ? `${texts.join(', ')} and ${sorted.length - covered} more` : texts.join(', ')
}
