import { z } from 'zod'
import type { Blame, CompareItem, KeyCandidate, RowChangePage } from '../model/compare.ts'
import type { VersionDetails } from '../model/version-details.ts'
import type { BranchEntry, TagEntry, VersionEntry } from '../model/version.ts'
import { branchName, columnName, datasetHandle, reading, ref, rowId, tagName, version } from './common.ts'
import { call, stream } from './define.ts'

/** One of the two states compared; absent ref = newest of main. */
const side = z.strictObject({ dataset: datasetHandle, ref: ref.optional() })
const keyColumns = z.array(columnName).min(1).max(16)

export const versions = {
  'versions.list': stream<VersionEntry>()(
    'Every version of a branch, newest first, with its operation, one sentence, and what it changed.',
    z.strictObject({ dataset: datasetHandle, branch: branchName.optional() }),
  ),
  'versions.refs': call<{ readonly tags: readonly TagEntry[]; readonly branches: readonly BranchEntry[] }>()(
    'Tags and branches of a dataset with dates; unreadable ones are named, not hidden.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'versions.get': call<VersionDetails>()(
    'One version in full: what it changed, its configuration, and its transaction as a tree.',
    z.strictObject({ dataset: datasetHandle, version, branch: branchName.optional() }),
  ),
  'versions.restore': call<{ readonly version: number }>()(
    'Commits a new version with the content of an old one; every version in between stays.',
    z.strictObject({ dataset: datasetHandle, version, branch: branchName.optional() }),
  ),
  'versions.compare': stream<CompareItem>()(
    'Compares two states: a summary at once and, when asked, added, removed and changed rows with their cells.',
    z.strictObject({
      from: side,
      to: side,
      rows: z
        .strictObject({
          /** Columns that identify a row; absent = stable row ids where there are any, else content. */
          key: keyColumns.optional(),
          /** Tells rows apart by all of their values, also where there are stable row ids. Not together with `key`. */
          by: z.literal('content').optional(),
        })
        .optional(),
    }),
  ),
  'versions.comparePage': call<RowChangePage>()(
    'One page of the rows found by a comparison that is still kept.',
    z.strictObject({
      comparison: z.string().min(1).max(64),
      kind: z.enum(['added', 'removed', 'changed']),
      offset: z.int().min(0),
      limit: z.int().min(0).max(1000),
      columns: z.array(columnName).max(4096).optional(),
      /** Changed rows only: counts and returns those in which this column changed; the totals say how many. */
      changedColumn: columnName.optional(),
    }),
  ),
  'versions.keyCandidates': call<readonly KeyCandidate[]>()(
    'Columns that may identify a row on both sides, best first, checked for repeated and null values.',
    z.strictObject({ from: side, to: side }),
  ),
  'versions.blame': call<Blame>()(
    'The versions in which a row was inserted and changed, newest first, or those that changed one column of it.',
    z.strictObject({
      ...reading,
      rowId,
      /** Columns that recognise the row across updates where row ids are not stable. */
      key: keyColumns.optional(),
      column: columnName.optional(),
    }),
  ),
  'tags.list': call<readonly TagEntry[]>()(
    'Every tag with its version, branch and dates; unreadable ones are named.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'tags.create': call<TagEntry>()(
    'Gives a version a name that keeps it from being cleaned up.',
    z.strictObject({ dataset: datasetHandle, name: tagName, ref: ref.optional() }),
  ),
  'tags.move': call<{ readonly before: TagEntry; readonly after: TagEntry }>()(
    'Points an existing tag to another version.',
    z.strictObject({ dataset: datasetHandle, name: tagName, ref: ref.optional() }),
  ),
  'tags.delete': call<{ readonly deleted: TagEntry }>()(
    'Removes a tag; the version it pointed to stays.',
    z.strictObject({ dataset: datasetHandle, name: tagName }),
  ),
  'branches.list': call<readonly BranchEntry[]>()(
    'Every branch with where it forked, its newest version and its date; unreadable ones are named.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'branches.create': call<BranchEntry>()(
    'Starts a branch at a version, tag or branch; nothing is copied.',
    z.strictObject({ dataset: datasetHandle, name: branchName, from: ref.optional() }),
  ),
  'branches.delete': call<{ readonly deleted: BranchEntry }>()(
    'Deletes a branch and the files only it uses. This cannot be undone.',
    z.strictObject({ dataset: datasetHandle, name: branchName }),
  ),
} as const
