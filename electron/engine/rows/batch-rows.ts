import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'

/** Bytes a native batch should stay below: what the engine holds at once for a page of big values. */
const BATCH_BYTES = 16 * 1024 * 1024
/** Batches cost about a kilobyte and 0.1 ms each; fewer rows than this are not worth it. */
const MIN_ROWS = 4
/** Rows per batch when rows are small: the whole page in one. */
const MAX_ROWS = 1024

/**
 * Rows per native batch for a page, from the average stored bytes per row, so that a page of big images passes through
 * memory in steps. Stored bytes are compressed and include columns not read: an estimate, and only one that is too
 * small costs memory.
 */
export function batchRowsFor(manifest: Manifest, fields: readonly SchemaField[], limit: number): number {
  if (!fields.some((field) => mayBeLong(field.kind))) return MAX_ROWS
  const perRow = bytesPerRow(manifest)
  if (perRow * limit <= BATCH_BYTES) return MAX_ROWS
  return Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(BATCH_BYTES / perRow)))
}

const perRowByManifest = new WeakMap<Manifest, number>()

/**
 * Stored bytes per row, averaged over all fragments, of which there may be a hundred thousand: computed once per manifest.
 * 0 = unknown, or no rows.
 */
export function bytesPerRow(manifest: Manifest): number {
  const known = perRowByManifest.get(manifest)
  if (known !== undefined) return known
  const bytes = manifest.fragments.reduce((sum, fragment) => sum + bytesOf(fragment.files), 0)
  const rows = manifest.fragments.reduce((sum, fragment) => sum + fragment.physicalRows, 0)
  const perRow = rows === 0 ? 0 : bytes / rows
  perRowByManifest.set(manifest, perRow)
  return perRow
}

function bytesOf(files: readonly { readonly bytes: number | null }[]): number {
  return files.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
}

function mayBeLong(kind: FieldKind): boolean {
  switch (kind) {
    case 'string':
    case 'binary':
    case 'list':
    case 'struct':
    case 'map':
    case 'json':
    case 'unknown':
      return true
    case 'null':
    case 'boolean':
    case 'integer':
    case 'float':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration':
    case 'vector':
    case 'dictionary':
    case 'blob':
    case 'uuid':
      return false
  }
}
