import type { Blame, BlameEvent } from '#shared/model/compare.ts'
import { formatNoun } from '#shared/model/format.ts'

/** What happened to the row, as a word on the event. */
export const EVENT_WORDS: Readonly<Record<BlameEvent['kind'], string>> = {
  inserted: 'inserted',
  changed: 'changed',
  moved: 'moved',
  'columns-added': 'columns added',
  restored: 'restored',
}

/** What an event without changed cells means. */
export function eventNote({ kind, cells }: BlameEvent): string | undefined {
  if (kind === 'moved') return 'rewritten with the same values'
  if (kind === 'changed' && cells.length === 0) return 'rewritten; no value of it differs'
  return undefined
}

/** How the row was recognised and what it took to follow it. */
export function effortText({ identity, manifestsRead, rowsRead }: Blame): string {
  const by =
    identity.kind === 'key'
      ? `Followed by ${identity.columns.join(', ')}`
      : identity.kind === 'row-id'
        ? 'Followed by its row id'
        : 'Followed by its content'
  return `${by} · ${formatNoun(manifestsRead, 'manifest')} and ${formatNoun(rowsRead, 'row')} read`
}

/** Said when nothing happened that the history could tell. */
export function noEventsText(column: string | undefined): string {
  return column === undefined
    ? 'No version is known to have touched this row.'
    : `No version is known to have changed “${column}” of this row.`
}
