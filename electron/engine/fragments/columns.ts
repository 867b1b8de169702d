import type { ColumnInFile, ColumnStorage } from '#shared/model/fragment-details.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import type { Manifest, ManifestDataFile } from '../format/types.ts'
import { columnsToSample, countLiveRows, fixedArrowBytes, type ArrowBytes } from './arrow-bytes.ts'
import { createColumnTotals, findOutliers, type ColumnTotal, type ColumnTotals } from './column-totals.ts'
import type { DataFileCache } from './data-file-cache.ts'
import { sumBlobs } from './describe-file.ts'
import { indexFields, nameColumns, type FieldIndex } from './file-columns.ts'
import { forEachOf } from './for-each.ts'
import { createLocator, type FilePlace } from './locate.ts'
import { sampleArrowBytes } from './sample-arrow.ts'

/** Files read at the same time. */
const CONCURRENCY = 16

/**
 * Bytes, pages and encodings of every column over all fragments of a version, largest first; columns of the schema that
 * no file holds, and columns of files that no schema holds any more, included. One request a file, none for files seen
 * before.
 */
export async function listColumns(
  context: EngineContext,
  dataset: OpenDataset,
  at: ResolvedRef,
  cache: DataFileCache,
  signal: AbortSignal,
): Promise<readonly ColumnStorage[]> {
  const manifest = await dataset.manifest(at)
  const index = indexFields(manifest.schema)
  const totals = createColumnTotals()
  await addFiles(createLocator(dataset, manifest, at), manifest, index, totals, cache, signal)
  addEmpty(manifest.schema, totals)
  const fixed = fixedArrowBytes(manifest.schema, countLiveRows(manifest))
  const sampled = columnsToSample(manifest, fixed)
  const stored = sumStored(manifest, sampled, totals)
  const estimated = await sampleArrowBytes(context, { dataset, at, manifest }, sampled, stored, signal)
  signal.throwIfAborted()
  const arrow = spreadArrow(manifest.schema, totals, fixed, estimated)
  return totals
    .all()
    .map((total) => toStorage(total, index, arrow.get(total.fieldId)))
    .toSorted((a, b) => b.bytes - a.bytes || a.fieldId - b.fieldId)
}

async function addFiles(
  locate: ReturnType<typeof createLocator>,
  { fragments }: Manifest,
  index: FieldIndex,
  totals: ColumnTotals,
  cache: DataFileCache,
  signal: AbortSignal,
): Promise<void> {
  const files = fragments.flatMap((fragment) => fragment.files.map((file) => ({ fragment, file })))
  await forEachOf(files, CONCURRENCY, signal, async ({ fragment, file }) => {
    const place = locate('data', file.path, file.baseId)
    const columns = await readColumns(file, place, index, cache)
    if (columns === undefined) for (const id of file.fields) totals.of(id).unreadableFiles++
    else for (const column of columns) totals.add(fragment, column)
    await addBlobs(file, place, index, totals)
  })
}

/** Undefined for files that cannot be read and those that do not say what their columns take. */
async function readColumns(
  file: ManifestDataFile,
  place: FilePlace,
  index: FieldIndex,
  cache: DataFileCache,
): Promise<readonly ColumnInFile[] | undefined> {
  if (place.kind === 'elsewhere') return undefined
  try {
    const metadata = await cache.read(place.store, place.path, file.bytes)
    return metadata.columns === null ? undefined : nameColumns(file, metadata, index)
  } catch {
    return undefined
  }
}

/** Sidecars of blob v2 columns. Those of two columns lie in one folder: then nobody can tell whose is whose. */
async function addBlobs(
  file: ManifestDataFile,
  place: FilePlace,
  { fields }: FieldIndex,
  totals: ColumnTotals,
): Promise<void> {
  const blobs = file.fields.filter((id) => fields.get(id)?.metadata['ARROW:extension:name'] === 'lance.blob.v2')
  const [only] = blobs
  if (only === undefined || place.kind === 'elsewhere') return
  if (blobs.length > 1) {
    for (const id of blobs) totals.of(id).blobBytes = null
    return
  }
  const { bytes } = await sumBlobs(place.store, place.path)
  const total = totals.of(only)
  if (total.blobBytes !== null) total.blobBytes = (total.blobBytes ?? 0) + bytes
}

/** Leaves that no file holds are null everywhere and take nothing. */
function addEmpty(schema: readonly SchemaField[], totals: ColumnTotals): void {
  const known = new Set(totals.all().map((total) => total.fieldId))
  const visit = (field: SchemaField): void => {
    if (known.has(field.id) && field.kind === 'blob') return
    if (field.children.length > 0) field.children.forEach(visit)
    else totals.of(field.id)
  }
  schema.forEach(visit)
}

/** Stored bytes of some top-level columns; where legacy files do not say, all bytes of the files. */
function sumStored({ fragments }: Manifest, columns: readonly SchemaField[], totals: ColumnTotals): number {
  const ids = new Set(indexFields(columns).fields.keys())
  const own = totals.all().filter((total) => ids.has(total.fieldId))
  if (own.some((total) => total.unreadableFiles > 0)) {
    return fragments.flatMap((fragment) => fragment.files).reduce((sum, file) => sum + (file.bytes ?? 0), 0)
  }
  return own.reduce((sum, total) => sum + total.bytes, 0)
}

/** What lists and structs take of their own belongs to the first leaf below, unless files hold a column for them too. */
function spreadArrow(
  schema: readonly SchemaField[],
  totals: ColumnTotals,
  fixed: ReadonlyMap<number, ArrowBytes>,
  estimated: ReadonlyMap<number, ArrowBytes>,
): ReadonlyMap<number, ArrowBytes> {
  const listed = new Set(totals.all().map((total) => total.fieldId))
  const spread = new Map(fixed)
  const add = (id: number, size: ArrowBytes): void => {
    const known = spread.get(id)
    const isEstimated = size.isEstimated || known?.isEstimated === true
    spread.set(id, { bytes: size.bytes + (known?.bytes ?? 0), isEstimated })
  }
  const visit = (field: SchemaField): void => {
    const own = estimated.get(field.id)
    const target = listed.has(field.id) ? field.id : firstLeaf(field).id
    if (own !== undefined && !fixed.has(target)) add(target, own)
    field.children.forEach(visit)
  }
  schema.forEach(visit)
  return spread
}

function firstLeaf(field: SchemaField): SchemaField {
  const [child] = field.children
  return child === undefined ? field : firstLeaf(child)
}

function toStorage(total: ColumnTotal, { paths, fields }: FieldIndex, arrow: ArrowBytes | undefined): ColumnStorage {
  const field = fields.get(total.fieldId)
  const { blobBytes } = total
  return {
    fieldId: total.fieldId,
    column: paths.get(total.fieldId) ?? `(dropped field ${total.fieldId})`,
    ...(field === undefined ? {} : { type: field.type }),
    bytes: total.bytes,
    ...(typeof blobBytes === 'number' ? { blobBytes } : {}),
    pages: total.pages,
    files: total.files,
    encodings: [...total.encodings],
    arrowBytes: arrow?.bytes ?? null,
    isArrowEstimated: arrow?.isEstimated ?? false,
    isDead: field === undefined,
    outliers: findOutliers(total.points),
    unreadableFiles: total.unreadableFiles,
  }
}
