import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest, ManifestFragment } from '../format/types.ts'
import { isSystemIndex } from '../format/index-section.ts'
import { isAddressable } from '../lance/index.ts'
import { cutBatches, isAsWanted, type Batch } from './batches.ts'
import type { OperationOf } from './operation.ts'

/** LanceDB 0.39 writes at most so many rows into one fragment. */
export const MAX_FRAGMENT_ROWS = 1_048_576
/** Every batch is a commit, and every commit writes a manifest of all fragments. */
const MAX_BATCHES = 10_000

export type Rewriting = OperationOf<'purge-deletions'> | OperationOf<'refragment'>

/** What is rewritten in place, batch by batch. */
export interface RewritePlan {
  readonly batches: readonly Batch[]
  /** Set to itself to have Lance write the rows anew. */
  readonly column: string
  /** False when rows end up behind others that were behind them. */
  readonly keepsOrder: boolean
}

/** Which rows are written anew. Refuses what has not been proved to keep every row, and says that a copy does it. */
export function planRewrite(manifest: Manifest, operation: Rewriting): RewritePlan {
  const chosen = chooseFragments(manifest, operation.fragments)
  const batches = operation.kind === 'refragment' ? forSize(chosen, operation.rowsPerFragment) : forPurge(chosen)
  if (batches.length > MAX_BATCHES) {
    throw new AppError({
      code: 'too-large',
      message: `That would take ${formatCount(batches.length)} commits; in place at most ${formatCount(MAX_BATCHES)} are made.`,
      hint: 'Choose fewer fragments or more rows per fragment, or make a copy with the fragment size.',
    })
  }
  const touched = new Set(batches.flatMap(({ pieces }) => pieces.map(({ fragment }) => fragment.id)))
  const firstTouched = manifest.fragments.findIndex(({ id }) => touched.has(id))
  const keepsOrder = batches.length === 0 || manifest.fragments.slice(firstTouched).every(({ id }) => touched.has(id))
  return { batches, column: batches.length === 0 ? '' : requirePlainColumn(manifest), keepsOrder }
}

function chooseFragments(
  { fragments, version }: Manifest,
  ids: readonly number[] | undefined,
): readonly ManifestFragment[] {
  if (ids === undefined) return fragments
  const wanted = new Set(ids)
  const known = new Set(fragments.map(({ id }) => id))
  const missing = ids.find((id) => !known.has(id))
  if (missing === undefined) return fragments.filter(({ id }) => wanted.has(id))
  throw new AppError({
    code: 'invalid-input',
    message: `Version ${version} has no fragment ${missing}; nothing was changed.`,
    hint: 'Choose among the fragments of the newest version.',
    detail: { fragment: missing, version },
  })
}

function forSize(fragments: readonly ManifestFragment[], rowsPerFragment: number): readonly Batch[] {
  if (rowsPerFragment > MAX_FRAGMENT_ROWS) throw tooManyRows(rowsPerFragment)
  const batches = cutBatches(fragments, rowsPerFragment)
  const first = batches.findIndex((batch) => !isAsWanted(batch))
  return first === -1 ? [] : batches.slice(first)
}

/** LanceDB writes no larger fragments, in place or into a copy. */
export function tooManyRows(rowsPerFragment: number): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `LanceDB writes at most ${formatCount(MAX_FRAGMENT_ROWS)} rows into a fragment, not ${formatCount(rowsPerFragment)}.`,
    hint: 'Ask for at most that many. Compaction merges fragments up to that size.',
    detail: { rowsPerFragment },
  })
}

/** Every fragment with deleted rows stays one of its own. One without live rows is gone already. */
function forPurge(fragments: readonly ManifestFragment[]): readonly Batch[] {
  return fragments
    .filter(({ deletion }) => (deletion?.deletedRows ?? 0) > 0)
    .flatMap((fragment) => cutBatches([fragment], MAX_FRAGMENT_ROWS))
}

const PLAIN = new Set(['boolean', 'integer', 'float', 'string', 'binary', 'date', 'time', 'timestamp', 'decimal'])

/** A column an update can set to itself: of a plain type and best in no index, which then keeps covering moved rows. */
function requirePlainColumn(manifest: Manifest): string {
  const { schema, indices, dataFormat, fragments, version } = manifest
  const isLegacy = fragments.some(({ files }) => files.some(({ formatVersion }) => !formatVersion.startsWith('2.')))
  if (isLegacy) throw notInPlace(`its files are of format ${dataFormat?.version ?? 'legacy'}`, version)
  const blob = schema.find(isLegacyBlob)
  if (blob !== undefined) throw notInPlace(`the column "${blob.name}" holds blobs of the first kind`, version)
  const indexed = new Set(indices.filter(({ name }) => !isSystemIndex(name)).flatMap(({ fields }) => fields))
  const plain = schema.filter(
    ({ kind, name, metadata }) => PLAIN.has(kind) && isAddressable(name) && Object.keys(metadata).length === 0,
  )
  const column = plain.find(({ id }) => !indexed.has(id)) ?? plain[0]
  if (column === undefined) throw notInPlace('it has no column of a plain type to rewrite rows by', version)
  return column.name
}

function isLegacyBlob({ metadata, children }: SchemaField): boolean {
  return metadata['lance-encoding:blob'] === 'true' || children.some(isLegacyBlob)
}

function notInPlace(reason: string, version: number): AppError {
  return new AppError({
    code: 'unsupported-format',
    message: `Rows of this dataset are not rewritten in place: ${reason}. Nothing was changed.`,
    hint: 'Make a copy: it is written with the fragment size you choose and without deleted rows.',
    detail: { version },
  })
}
