import type { Input } from '#shared/contract/index.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { MaintenanceKind } from '#shared/model/maintenance.ts'
import { chooseFragments } from './fragment-choice.ts'
import { parseWhole } from './whole.ts'

/** An operation as the engine is asked for it. */
export type AskedOperation = Input<'maintenance.forecast'>['operation']

/** What a person chose for the operations that ask something; texts are as typed. */
export interface Draft {
  readonly keepBy: 'age' | 'date' | 'count'
  readonly days: string
  /** Older versions go; milliseconds since 1970. */
  readonly before: number
  readonly newest: string
  readonly deleteUnverified: boolean
  readonly rowsPerFragment: string
  /** Which fragments are rewritten: all, those of fewer rows, or those named. */
  readonly pick: 'all' | 'small' | 'ids'
  readonly smallerThan: string
  /** Such as `0-5, 9`. */
  readonly fragments: string
  readonly filter: string
  readonly to: string
  readonly copyRows: string
  /** Empty = as LanceDB writes new ones. */
  readonly format: string
}

export interface OperationInfo {
  readonly kind: MaintenanceKind
  readonly title: string
  /** On its button. */
  readonly verb: string
  readonly about: string
  /** Forecast of it is shown in the list before anything is asked. */
  readonly isKnownAtOnce: boolean
  /** It cannot be undone: the dataset's name is to be typed. */
  readonly isForGood?: true
}

/** Every operation, the most useful first. */
export const OPERATIONS: readonly OperationInfo[] = [
  {
    kind: 'compact',
    title: 'Compact',
    verb: 'Compact',
    about:
      'Merges small fragments and rewrites those with many deleted rows, as LanceDB chooses. Removes no version; files no version uses that are older than seven days LanceDB removes along the way.',
    isKnownAtOnce: true,
  },
  {
    kind: 'optimize-indices',
    title: 'Fold rows into indices',
    verb: 'Fold in',
    about:
      'Takes rows no index covers into the indices there are. LanceDB compacts before, and removes files no version uses that are older than seven days.',
    isKnownAtOnce: true,
  },
  {
    kind: 'purge-deletions',
    title: 'Purge deletions',
    verb: 'Purge',
    about:
      'Rewrites fragments that have deleted rows without them, however few: also below LanceDB’s own 10 %. Above it LanceDB compacts, and removes files no version uses that are older than seven days.',
    isKnownAtOnce: true,
  },
  {
    kind: 'cleanup',
    title: 'Clean up old versions',
    verb: 'Clean up…',
    about:
      'Removes old versions and the files only they use. The newest, tagged and branched versions always stay. Cannot be undone.',
    isKnownAtOnce: true,
    isForGood: true,
  },
  {
    kind: 'refragment',
    title: 'Other fragment size',
    verb: 'Rewrite',
    about: 'Rewrites fragments, all or chosen ones, into ones of about as many rows as asked for, batch by batch.',
    isKnownAtOnce: true,
  },
  {
    kind: 'delete-rows',
    title: 'Delete rows by filter',
    verb: 'Delete rows',
    about: 'Deletes the rows that match. Older versions keep them, so it can be undone until these are cleaned up.',
    isKnownAtOnce: false,
  },
  {
    kind: 'migrate-manifests',
    title: 'Migrate manifest names',
    verb: 'Migrate',
    about: 'Renames the files of versions to the newer scheme, in which the newest is found without listing them all.',
    isKnownAtOnce: true,
  },
  {
    kind: 'copy',
    title: 'Copy into a new dataset',
    verb: 'Copy',
    about:
      'Writes the rows into a new dataset, with another fragment size or file format. History, tags, branches and indices stay behind.',
    isKnownAtOnce: false,
  },
]

/** File formats a copy can be written in. */
export const FORMATS = ['2.0', '2.1', '2.2', '2.3'] as const

const DAY_MS = 24 * 60 * 60 * 1000

/** What is in the fields before anything is typed. */
export function firstDraft(location: string, nowMs: number): Draft {
  return {
    keepBy: 'age',
    days: '14',
    before: nowMs - 14 * DAY_MS,
    newest: '10',
    deleteUnverified: false,
    rowsPerFragment: '1000000',
    pick: 'all',
    smallerThan: '100000',
    fragments: '',
    filter: '',
    to: location.replace(/(\.lance)?[\\/]*$/, '-copy.lance'),
    copyRows: '',
    format: '',
  }
}

/**
 * The operation the fields describe; undefined while something is missing or wrong. `fragments` are those of the newest
 * version, needed where some are chosen.
 */
export function toOperation(
  kind: MaintenanceKind,
  draft: Draft,
  nowMs: number,
  fragments?: readonly FragmentEntry[],
): AskedOperation | undefined {
  switch (kind) {
    case 'compact':
    case 'optimize-indices':
    case 'purge-deletions':
    case 'migrate-manifests':
      return { kind }
    case 'cleanup':
      return toCleanup(draft, nowMs)
    case 'refragment': {
      const rowsPerFragment = parseWhole(draft.rowsPerFragment, 1, 1e9)
      if (rowsPerFragment === undefined) return undefined
      if (draft.pick === 'all') return { kind, rowsPerFragment }
      const ids = fragments === undefined ? undefined : chooseFragments(draft, fragments)
      return ids === undefined || ids.length === 0 ? undefined : { kind, rowsPerFragment, fragments: [...ids] }
    }
    case 'delete-rows':
      return draft.filter.trim() === '' ? undefined : { kind, filter: draft.filter.trim() }
    case 'copy': {
      const rowsPerFragment = draft.copyRows.trim() === '' ? undefined : parseWhole(draft.copyRows, 1, 1e9)
      const isWrong = rowsPerFragment === undefined && draft.copyRows.trim() !== ''
      if (isWrong || draft.to.trim() === '') return undefined
      const formatVersion = draft.format === '' ? undefined : draft.format
      return { kind, to: draft.to.trim(), rowsPerFragment, formatVersion }
    }
  }
}

function toCleanup(draft: Draft, nowMs: number): AskedOperation | undefined {
  const unverified = draft.deleteUnverified ? { deleteUnverified: true } : {}
  if (draft.keepBy === 'count') {
    const keepLast = parseWhole(draft.newest, 1, 1_000_000)
    return keepLast === undefined ? undefined : { kind: 'cleanup', keepLast, ...unverified }
  }
  if (draft.keepBy === 'date') {
    return { kind: 'cleanup', olderThan: new Date(draft.before).toISOString(), ...unverified }
  }
  const days = parseWhole(draft.days, 0, 36_500)
  if (days === undefined) return undefined
  return { kind: 'cleanup', olderThan: new Date(nowMs - days * DAY_MS).toISOString(), ...unverified }
}
