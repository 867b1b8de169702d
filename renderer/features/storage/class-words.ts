import type { StorageClass, StorageFileKind } from '#shared/model/storage.ts'
import type { ClassChoice } from './sub-views.ts'

/** Why bytes are there, coarsely: the newest version needs them, a name keeps them, only the past does, or nothing does. */
export type ClassGroup = 'live' | 'kept' | 'past' | 'stray'

interface ClassWords {
  readonly group: ClassGroup
  readonly title: string
  /** What the bytes are. */
  readonly meaning: string
  /** What would free them. */
  readonly freedBy: string
}

const WORDS: Readonly<Record<StorageClass, ClassWords>> = {
  'live-data': {
    group: 'live',
    title: 'Live data',
    meaning: 'Data files the newest version reads.',
    freedBy: 'In use. Compaction drops the rows that were deleted from them.',
  },
  'blob-sidecars': {
    group: 'live',
    title: 'Live blobs',
    meaning: 'Large values kept in files beside the live data.',
    freedBy: 'In use, as long as their rows are.',
  },
  'live-deletions': {
    group: 'live',
    title: 'Live deletions',
    meaning: 'Which rows of the live data are deleted.',
    freedBy: 'In use, until compaction writes those fragments without the deleted rows.',
  },
  'live-indices': {
    group: 'live',
    title: 'Live indices',
    meaning: 'Index files the newest version uses.',
    freedBy: 'In use. Dropping an index and then cleaning up frees its share.',
  },
  'live-metadata': {
    group: 'live',
    title: 'Live metadata',
    meaning: 'Manifest and transaction of the newest version, tags, branches and the version hint.',
    freedBy: 'In use. Fewer fragments make a smaller manifest.',
  },
  wal: {
    group: 'live',
    title: 'Write-ahead log',
    meaning: 'Rows written to _mem_wal that are in no version yet.',
    freedBy: 'Freed by merging them into the table. Removing these files by hand loses rows.',
  },
  branch: {
    group: 'kept',
    title: 'Branch',
    meaning: 'Needed by this branch, and not by the newest version of main.',
    freedBy: 'Freed by deleting the branch, then cleaning up.',
  },
  tag: {
    group: 'kept',
    title: 'Tag',
    meaning: 'Needed by the version this tag names, and by no branch.',
    freedBy: 'Freed by deleting or moving the tag, then cleaning up.',
  },
  'superseded-index': {
    group: 'past',
    title: 'Superseded indices',
    meaning: 'Index files only older versions use.',
    freedBy: 'Freed by cleaning up the versions that use them.',
  },
  'old-versions': {
    group: 'past',
    title: 'Old versions',
    meaning: 'Used by older versions only: data, deletions, manifests, transactions.',
    freedBy: 'Freed by cleaning up those versions.',
  },
  abandoned: {
    group: 'stray',
    title: 'Abandoned writes',
    meaning: 'Shaped like files of Lance, used by no version: writes that failed or were given up.',
    freedBy:
      'Cleaning up removes them once they are seven days old, save unfinished .tmp files; younger ones may belong to a write under way.',
  },
  unknown: {
    group: 'stray',
    title: 'Not of Lance',
    meaning: 'Files Lance would not write.',
    freedBy: 'Freed by nobody but you: Lance’s cleanup leaves them alone.',
  },
}

/** In the order of the stacked bar: what must stay, what somebody keeps, what may go. */
export const GROUPS: readonly { readonly id: ClassGroup; readonly title: string }[] = [
  { id: 'live', title: 'live' },
  { id: 'kept', title: 'kept by tags and branches' },
  { id: 'past', title: 'only in old versions' },
  { id: 'stray', title: 'used by nothing' },
]

export function wordsOf(storageClass: StorageClass): ClassWords {
  return WORDS[storageClass]
}

/** `Live data`, `Branch “exp”`. */
export function classTitle({ class: name, keeper }: ClassChoice): string {
  return keeper === undefined ? WORDS[name].title : `${WORDS[name].title} “${keeper}”`
}

/** Tells classes of different keepers apart in keys and ids. */
export function classKey({ class: name, keeper }: ClassChoice): string {
  return keeper === undefined ? name : `${name}:${keeper}`
}

const KINDS: Readonly<Record<StorageFileKind, readonly [one: string, many: string]>> = {
  manifest: ['manifest', 'manifests'],
  'detached-manifest': ['detached manifest', 'detached manifests'],
  'version-hint': ['version hint', 'version hints'],
  transaction: ['transaction', 'transactions'],
  data: ['data file', 'data files'],
  blob: ['blob file', 'blob files'],
  deletion: ['deletion file', 'deletion files'],
  index: ['index file', 'index files'],
  tag: ['tag', 'tags'],
  branch: ['branch file', 'branch files'],
  wal: ['write-ahead log file', 'write-ahead log files'],
  'computed-signature': ['computed-column signature', 'computed-column signatures'],
  reserved: ['name reservation', 'name reservations'],
  temporary: ['temporary file', 'temporary files'],
  unknown: ['unknown file', 'unknown files'],
}

/** `data file`, `data files`. */
export function kindName(kind: StorageFileKind, count = 1): string {
  return KINDS[kind][count === 1 ? 0 : 1]
}
