import { formatNoun } from '#shared/model/format.ts'
import type { CompareSummary } from '#shared/model/compare.ts'
import type { EntryChange, SchemaChange } from '#shared/model/schema-change.ts'

/** How a difference is marked: it came, it went, or it became something else. */
export type Sign = 'added' | 'removed' | 'changed'

export interface Difference {
  readonly key: string
  readonly sign: Sign
  /** What differs. */
  readonly name: string
  /** What it was and what it is; either may be absent. */
  readonly before?: string
  readonly after?: string
  /** In words, after the name. */
  readonly note?: string
}

/** One change of the schema as a line; changed field metadata is a line per entry. */
export function schemaDifferences(changes: readonly SchemaChange[]): readonly Difference[] {
  return changes.flatMap((change): readonly Difference[] => {
    const { kind, name } = change
    const key = `${kind} ${name}`
    switch (kind) {
      case 'added':
        return [{ key, sign: 'added', name, note: change.type }]
      case 'dropped':
        return [{ key, sign: 'removed', name, note: change.type }]
      case 'renamed':
        return [{ key, sign: 'changed', name, note: `was called ${change.from}` }]
      case 'retyped':
        return [{ key, sign: 'changed', name, before: change.from, after: change.to }]
      case 'nullable':
        return [{ key, sign: 'changed', name, note: change.nullable ? 'may be null now' : 'is never null now' }]
      case 'metadata':
        return change.changes.map((entry) => entryDifference(entry, name))
    }
  })
}

/** Entries of configuration or metadata as lines. */
export function entryDifferences(changes: readonly EntryChange[]): readonly Difference[] {
  return changes.map((entry) => entryDifference(entry))
}

function entryDifference({ key, before, after }: EntryChange, owner?: string): Difference {
  return {
    key: `entry ${owner ?? ''} ${key}`,
    sign: before === null ? 'added' : after === null ? 'removed' : 'changed',
    name: owner === undefined ? key : `${owner} · ${key}`,
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
  }
}

/** Indices that came, went, or cover other rows. */
export function indexDifferences({ added, removed, changed }: CompareSummary['indices']): readonly Difference[] {
  return [
    ...added.map(({ name, type, columns }): Difference => ({
      key: `added ${name}`,
      sign: 'added',
      name,
      note: `${type} on ${columns.join(', ')}`,
    })),
    ...removed.map(({ name, type, columns }): Difference => ({
      key: `removed ${name}`,
      sign: 'removed',
      name,
      note: `${type} on ${columns.join(', ')}`,
    })),
    ...changed.map((index): Difference => ({
      key: `changed ${index.name}`,
      sign: 'changed',
      name: index.name,
      before: coverage(index.coveredRowsBefore, index.segmentsBefore),
      after: coverage(index.coveredRowsAfter, index.segmentsAfter),
    })),
  ]
}

function coverage(rows: number, segments: number): string {
  return `${formatNoun(rows, 'row')} in ${formatNoun(segments, 'segment')}`
}
