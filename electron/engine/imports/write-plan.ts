import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { FileColumns } from './stored-files.ts'

/**
 * How batches of rows are committed. `merge`: in place of rows of the same key, so that doing it twice changes nothing;
 * `files`: whole files in place of what was there of them; `append` has to be looked up when it is not known to be done.
 */
export type WriteWay =
  /** `replacesAll`: the first commit puts its rows in place of everything. */
  | { readonly kind: 'append'; readonly replacesAll: boolean }
  | { readonly kind: 'merge'; readonly replacesAll: boolean; readonly key: readonly string[] }
  | { readonly kind: 'files'; readonly key: readonly string[]; readonly columns: FileColumns }

/** `sources`: column of the dataset to column of the rows. */
export function writeWayOf({ target, duplicates }: ImportSpec, sources: ReadonlyMap<string, string | null>): WriteWay {
  if (target.kind === 'existing' && target.mode === 'update') {
    return { kind: 'files', key: [targetOf(sources, 'uuid')], columns: fileColumns(sources) }
  }
  if (target.kind === 'existing' && target.mode === 'upsert')
    return { kind: 'merge', replacesAll: false, key: target.key ?? [] }
  const replacesAll = target.kind === 'existing' && target.mode === 'overwrite'
  // The last of rows of one key is the one a later batch puts in place of an earlier one.
  if (duplicates !== undefined && duplicates.by !== 'content' && duplicates.keep === 'last') {
    return { kind: 'merge', replacesAll, key: duplicates.by }
  }
  return { kind: 'append', replacesAll }
}

/** Columns of the dataset that the path and the hash of a file go to. */
export function fileColumns(sources: ReadonlyMap<string, string | null>): FileColumns {
  return { path: targetOf(sources, 'source_path'), hash: targetOf(sources, 'content_hash') }
}

function targetOf(sources: ReadonlyMap<string, string | null>, column: string): string {
  for (const [target, source] of sources) if (source === column) return target
  return column
}
