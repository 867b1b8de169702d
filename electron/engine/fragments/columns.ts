import type { ColumnInFile, ColumnStorage } from '#shared/model/fragment-details.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import type { ManifestDataFile, ManifestFragment } from '../format/types.ts'
import { indexFields, nameColumns, type FieldIndex } from './file-columns.ts'
import { forEachOf } from './for-each.ts'
import { createLocator, type FilePlace } from './locate.ts'
import { readDataFile } from './read-data-file.ts'

/** Files read at the same time. */
const CONCURRENCY = 16

/** Bytes, pages and encodings of every column over all fragments of a version, largest first. */
export async function listColumns(
  dataset: OpenDataset,
  at: ResolvedRef,
  signal: AbortSignal,
): Promise<readonly ColumnStorage[]> {
  const manifest = await dataset.manifest(at)
  const locate = createLocator(dataset, manifest, at)
  const index = indexFields(manifest.schema)
  const totals = new Map<number, Draft>()
  const files = manifest.fragments.flatMap((fragment) => fragment.files.map((file) => ({ fragment, file })))
  await forEachOf(files, CONCURRENCY, signal, async ({ fragment, file }) => {
    const place = locate('data', file.path, file.baseId)
    const columns = await readColumns(file, place, index)
    if (columns === undefined) for (const id of file.fields) draftOf(totals, id).unreadableFiles++
    else for (const column of columns) add(draftOf(totals, column.fieldId), fragment, column)
  })
  return [...totals.values()].map((draft) => toStorage(draft, index)).toSorted((a, b) => b.bytes - a.bytes)
}

interface Draft {
  readonly fieldId: number
  bytes: number
  pages: number
  files: number
  unreadableFiles: number
  readonly encodings: Set<string>
}

function draftOf(totals: Map<number, Draft>, fieldId: number): Draft {
  const known = totals.get(fieldId)
  if (known !== undefined) return known
  const draft: Draft = { fieldId, bytes: 0, pages: 0, files: 0, unreadableFiles: 0, encodings: new Set() }
  totals.set(fieldId, draft)
  return draft
}

function add(draft: Draft, _fragment: ManifestFragment, column: ColumnInFile): void {
  draft.bytes += column.bytes
  draft.pages += column.pages
  draft.files++
  for (const name of column.encodings) draft.encodings.add(name)
}

async function readColumns(
  file: ManifestDataFile,
  place: FilePlace,
  index: FieldIndex,
): Promise<readonly ColumnInFile[] | undefined> {
  if (place.kind === 'elsewhere') return undefined
  try {
    const { metadata } = await readDataFile(place.store, place.path, file.bytes)
    return metadata.columns === null ? undefined : nameColumns(file, metadata, index)
  } catch {
    return undefined
  }
}

function toStorage(draft: Draft, { paths, fields }: FieldIndex): ColumnStorage {
  const field = fields.get(draft.fieldId)
  return {
    fieldId: draft.fieldId,
    column: paths.get(draft.fieldId) ?? `(dropped field ${draft.fieldId})`,
    ...(field === undefined ? {} : { type: field.type }),
    bytes: draft.bytes,
    pages: draft.pages,
    files: draft.files,
    encodings: [...draft.encodings],
    arrowBytes: null,
    isArrowEstimated: false,
    isDead: field === undefined,
    outliers: [],
    unreadableFiles: draft.unreadableFiles,
  }
}
