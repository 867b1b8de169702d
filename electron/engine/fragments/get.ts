import { AppError } from '#shared/errors.ts'
import type { FragmentDetails } from '#shared/model/fragment-details.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { formatIndexType, isSystemIndex } from '../format/index-section.ts'
import type { Manifest } from '../format/types.ts'
import { createReadMeter } from './counted-store.ts'
import { describeDeletions } from './describe-deletions.ts'
import { describeFile } from './describe-file.ts'
import { indexFields } from './file-columns.ts'
import { listFragments } from './list.ts'
import { createLocator } from './locate.ts'

/** One fragment of a version in full. `not-found` when the version has no such fragment. */
export async function getFragment(
  dataset: OpenDataset,
  at: ResolvedRef,
  id: number,
  signal: AbortSignal,
): Promise<FragmentDetails> {
  const manifest = await dataset.manifest(at)
  const fragment = manifest.fragments.find((it) => it.id === id)
  const entry = listFragments(manifest, at).find((it) => it.id === id)
  if (fragment === undefined || entry === undefined) throw noFragment(manifest, id)
  signal.throwIfAborted()
  const meter = createReadMeter()
  const locate = createLocator(dataset, manifest, at)
  const fields = indexFields(manifest.schema)
  const [files, deletions] = await Promise.all([
    Promise.all(
      fragment.files.map((file) =>
        describeFile(file, locate('data', file.path, file.baseId), fields, (store) => meter.count(store)),
      ),
    ),
    describeDeletions(fragment, locate, (store) => meter.count(store)),
  ])
  signal.throwIfAborted()
  return {
    fragment: entry,
    files,
    ...(deletions === undefined ? {} : { deletions }),
    versions: [],
    indexSegments: describeSegments(manifest, id, fields.paths),
    deadBytes: files.flatMap((file) => file.columns).reduce((sum, it) => sum + (it.isDead ? it.bytes : 0), 0),
    read: meter.usage(),
  }
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
