import type { StorageFileKind } from '#shared/model/storage.ts'

/** What files of a kind are for. */
export function aboutKind(kind: StorageFileKind): string {
  switch (kind) {
    case 'manifest':
      return 'The manifest of one version: its schema, its fragments with their files, its indices, and the commit that made it. Reading a version starts here.'
    case 'detached-manifest':
      return 'The manifest of a detached version, which belongs to no history. Only who knows its number can open it.'
    case 'version-hint':
      return 'Tells readers where to look for the newest version first. It may be missing or out of date without harm.'
    case 'transaction':
      return 'The record of one attempted commit, which other writers use to see whether theirs conflicts. Reading data never needs it.'
    case 'data':
      return 'Rows of one fragment, column by column. What it holds is described at its end.'
    case 'blob':
      return 'Large values of a blob column, kept beside the data file whose name the folder has.'
    case 'deletion':
      return 'The rows of one fragment that are deleted. The rows themselves stay in the data files until they are compacted.'
    case 'index':
      return 'Part of an index segment. Queries that use the index read it; plain scans do not.'
    case 'tag':
      return 'A tag: a name for one version, which cleanup then keeps.'
    case 'branch':
      return 'A branch: which version it came from, and when.'
    case 'wal':
      return 'Rows written through the write-ahead log that are in no version yet, or what the log knows of them.'
    case 'computed-signature':
      return 'The signature of a computed column: tells whether it has to be computed anew.'
    case 'reserved':
      return 'Reserves the name of a table in a namespace while it has no version.'
    case 'temporary':
      return 'Left behind by a write or commit that did not finish, unless one is under way. Nothing reads it.'
    case 'unknown':
      return 'Nothing Lance would write. Lance leaves it alone, and so does cleanup.'
  }
}
