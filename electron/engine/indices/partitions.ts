import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import { readByTail } from '../fragments/index.ts'
import { readIndexDetails } from '../format/index-details.ts'
import { branchFolder, joinPath } from '../format/names.ts'
import { readPartitionSizes } from '../format/tree/partition-sizes.ts'
import type { Manifest, ManifestIndex } from '../format/types.ts'
import { createLocalStore } from '../store/local-store.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { requireIndex } from './find.ts'
import { segmentsByName } from './list.ts'

/** Where vector indices since Lance 0.20 keep their codes, and how many rows each partition has. */
const FILE = 'auxiliary.idx'

/** Rows of each partition of an IVF index, read from its files; what cannot be read is told segment by segment. */
export async function listPartitions(
  context: EngineContext,
  { dataset: handle, ref, name }: Input<'indices.partitions'>,
): Promise<Output<'indices.partitions'>> {
  const dataset = context.datasets.get(handle)
  const at = await dataset.resolve(ref)
  const manifest = await dataset.manifest(at)
  const named = [...segmentsByName(manifest)].map(([known, segments]) => ({ name: known, segments }))
  const { segments } = requireIndex(named, name)
  for (const segment of segments) refuseOthers(segment)
  const read = segments.map((segment) => readSegment(dataset, manifest, at, segment))
  return { name, segments: await Promise.all(read) }
}

function refuseOthers(segment: ManifestIndex): void {
  const { type, kind } = readIndexDetails(segment)
  if (kind === 'vector') return
  throw new AppError({
    code: 'invalid-input',
    message: `"${segment.name}" is a ${type} index, which has no partitions.`,
    hint: 'Choose a vector index.',
    detail: { index: segment.name, type },
  })
}

async function readSegment(
  dataset: OpenDataset,
  manifest: Manifest,
  at: ResolvedRef,
  segment: ManifestIndex,
): Promise<Output<'indices.partitions'>['segments'][number]> {
  const { uuid } = segment
  try {
    const { store, folder } = placeOf(dataset, manifest, at, segment)
    const path = joinPath(folder, FILE)
    const known = segment.files.find((file) => file.path === FILE)?.bytes
    const bytes = known ?? (await store.info(path)).bytes
    const sizes = await readByTail(store, path, bytes, readPartitionSizes)
    return sizes.length === 0
      ? { uuid, problem: 'Its files do not say how many rows each partition has.' }
      : { uuid, sizes }
  } catch (error) {
    return { uuid, problem: describe(error) }
  }
}

/** Where the files of a segment lie: here, on the branch, or in the dataset it was taken over from. */
function placeOf(
  { store }: OpenDataset,
  { basePaths }: Manifest,
  { branch }: ResolvedRef,
  { uuid, baseId }: ManifestIndex,
): { readonly store: ObjectStore; readonly folder: string } {
  if (baseId === undefined) return { store, folder: joinPath(branchFolder(branch), `_indices/${uuid}`) }
  const base = basePaths.find(({ id }) => id === baseId)
  if (base === undefined || !base.path.startsWith('/')) {
    throw new AppError({
      code: 'unsupported-format',
      message: `Its files lie in another dataset that is no folder of this machine: ${base?.path ?? 'unknown'}.`,
    })
  }
  return { store: createLocalStore(base.path), folder: base.isDatasetRoot ? `_indices/${uuid}` : uuid }
}

function describe(error: unknown): string {
  if (!(error instanceof AppError)) throw error
  if (error.code !== 'not-found') return error.message
  return `Its file ${FILE} is missing: it was removed, or written before Lance kept one.`
}
