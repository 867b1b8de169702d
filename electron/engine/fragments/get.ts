import { AppError } from '#shared/errors.ts'
import type { DataFileDetails, FragmentDetails } from '#shared/model/fragment-details.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { formatIndexType, isSystemIndex } from '../format/index-section.ts'
import { hasFlag, STABLE_ROW_IDS } from '../format/flags.ts'
import type { Manifest, ManifestDataFile, ManifestFragment } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { VersionFinder } from './containing-versions.ts'
import { createReadMeter } from './counted-store.ts'
import { describeDeletions } from './describe-deletions.ts'
import { describeFile } from './describe-file.ts'
import { describeRowIds } from './describe-row-ids.ts'
import { indexFields, type FieldIndex } from './file-columns.ts'
import { forEachOf } from './for-each.ts'
import { findFragment } from './list.ts'
import { createLocator, type Locator } from './locate.ts'

/** Data files of one fragment read at the same time. */
const CONCURRENCY = 16

/** One fragment of a version in full. `not-found` when the version has no such fragment. */
export async function getFragment(
  dataset: OpenDataset,
  at: ResolvedRef,
  id: number,
  finder: VersionFinder,
  signal: AbortSignal,
): Promise<FragmentDetails> {
  const manifest = await dataset.manifest(at)
  const fragment = manifest.fragments.find((it) => it.id === id)
  const entry = findFragment(manifest, at, id)
  if (fragment === undefined || entry === undefined) throw noFragment(manifest, id)
  signal.throwIfAborted()
  const meter = createReadMeter()
  const count: Count = (store) => meter.count(store)
  const locate = createLocator(dataset, manifest, at)
  const fields = indexFields(manifest.schema)
  const [files, deletions, rowIds, versions] = await Promise.all([
    describeFiles(fragment, locate, fields, count, signal),
    describeDeletions(fragment, locate, count),
    hasFlag(manifest.readerFlags, STABLE_ROW_IDS) ? describeRowIds(dataset, at, id, count) : undefined,
    finder.find(dataset, at, fragment, { count, signal }),
  ])
  signal.throwIfAborted()
  return {
    fragment: entry,
    files,
    ...(deletions === undefined ? {} : { deletions }),
    ...(rowIds === undefined ? {} : { rowIds }),
    versions,
    indexSegments: describeSegments(manifest, id, fields.paths),
    deadBytes: files.flatMap((file) => file.columns).reduce((sum, it) => sum + (it.isDead ? it.bytes : 0), 0),
    read: meter.usage(),
  }
}

type Count = (store: ObjectStore) => ObjectStore

async function describeFiles(
  { files }: ManifestFragment,
  locate: Locator,
  fields: FieldIndex,
  count: Count,
  signal: AbortSignal,
): Promise<readonly DataFileDetails[]> {
  const described = new Map<ManifestDataFile, DataFileDetails>()
  await forEachOf(files, CONCURRENCY, signal, async (file) => {
    described.set(file, await describeFile(file, locate('data', file.path, file.baseId), fields, count))
  })
  return files.flatMap((file) => described.get(file) ?? [])
}

function describeSegments(
  manifest: Manifest,
  id: number,
  paths: ReadonlyMap<number, string>,
): FragmentDetails['indexSegments'] {
  return manifest.indices
    .filter((index) => !isSystemIndex(index.name) && index.fragmentIds?.has(id) === true)
    .map(({ name, uuid, typeUrl, fields }) => ({
      name,
      uuid,
      type: formatIndexType(typeUrl),
      columns: fields.map((field) => paths.get(field) ?? `(dropped field ${field})`),
    }))
}

function noFragment(manifest: Manifest, id: number): AppError {
  const count = manifest.fragments.length
  return new AppError({
    code: 'not-found',
    message: `Version ${manifest.version} has no fragment ${id}.`,
    hint: count === 0 ? 'It has no fragments at all.' : `Its fragments are in "fragments.list"; there are ${count}.`,
    detail: { fragment: id, version: manifest.version },
  })
}
