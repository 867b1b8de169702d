import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { IndexEntry, IndexSegment } from '#shared/model/index-entry.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import { readIndexDetails, type IndexDetails } from '../format/index-details.ts'
import { branchFolder, joinPath } from '../format/names.ts'
import type { Manifest, ManifestFragment, ManifestIndex } from '../format/types.ts'
import { usedFor } from './used-for.ts'

/** Every index of a version, from its manifest; only where a writer left out the files are their folders listed. */
export async function listIndices(
  context: EngineContext,
  input: Input<'indices.list'>,
): Promise<Output<'indices.list'>> {
  const dataset = context.datasets.get(input.dataset)
  return listAt(dataset, await dataset.resolve(input.ref))
}

/** As {@link listIndices}, of a state already resolved. */
export async function listAt(dataset: OpenDataset, at: ResolvedRef): Promise<readonly IndexEntry[]> {
  const manifest = await dataset.manifest(at)
  return Promise.all(
    [...segmentsByName(manifest)].map(([name, segments]) => describe({ dataset, manifest, at }, name, segments)),
  )
}

interface State {
  readonly dataset: OpenDataset
  readonly manifest: Manifest
  readonly at: ResolvedRef
}

/** Segments of each index, oldest first, in the order of the manifest. */
export function segmentsByName(manifest: Manifest): ReadonlyMap<string, readonly ManifestIndex[]> {
  const groups = new Map<string, ManifestIndex[]>()
  for (const index of manifest.indices) groups.set(index.name, [...(groups.get(index.name) ?? []), index])
  return groups
}

/** Live rows in and outside the fragments some segments cover; undefined when a segment does not say what it covers. */
export function coverageOf(
  manifest: Manifest,
  segments: readonly ManifestIndex[],
): { readonly indexed: number; readonly unindexed: number } | undefined {
  if (segments.some(({ fragmentIds }) => fragmentIds === null)) return undefined
  let indexed = 0
  let unindexed = 0
  for (const fragment of manifest.fragments) {
    const isCovered = segments.some(({ fragmentIds }) => fragmentIds?.has(fragment.id) === true)
    if (isCovered) indexed += liveRows(fragment)
    else unindexed += liveRows(fragment)
  }
  return { indexed, unindexed }
}

export function liveRows({ physicalRows, deletion }: ManifestFragment): number {
  return physicalRows - (deletion?.deletedRows ?? 0)
}

async function describe(state: State, name: string, indices: readonly ManifestIndex[]): Promise<IndexEntry> {
  const { manifest } = state
  const { details, problem } = detailsOf(indices)
  const segments = await Promise.all(indices.map((index) => describeSegment(state, index)))
  const coverage = details.kind === 'system' ? undefined : coverageOf(manifest, indices)
  const created = indices.flatMap(({ createdAt }) => createdAt ?? []).toSorted()
  const columns = (indices[0]?.fields ?? []).map((id) => columnPath(manifest.schema, id) ?? `(dropped field ${id})`)
  return {
    name,
    type: details.type,
    kind: details.kind,
    columns,
    segments,
    indexedRows: coverage?.indexed ?? null,
    unindexedRows: coverage?.unindexed ?? null,
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(created[0] === undefined ? {} : { createdAt: created[0] }),
    ...(details.metric === undefined ? {} : { metric: details.metric }),
    parameters: details.parameters,
    ...(details.tokenizer === undefined ? {} : { tokenizer: details.tokenizer }),
    usedFor: usedFor(details, columns),
    ...(problem === undefined ? {} : { problem }),
  }
}

function detailsOf(indices: readonly ManifestIndex[]): { readonly details: IndexDetails; readonly problem?: string } {
  const [first] = indices
  const unknown: IndexDetails = { type: 'Unknown', kind: 'unknown', parameters: {} }
  if (first === undefined) return { details: unknown }
  try {
    return { details: readIndexDetails(first) }
  } catch (error) {
    const reason = error instanceof AppError ? error.message : String(error)
    return { details: unknown, problem: `What it was made with cannot be read: ${reason}` }
  }
}

async function describeSegment(state: State, index: ManifestIndex): Promise<IndexSegment> {
  const { manifest } = state
  const live = new Set(manifest.fragments.map(({ id }) => id))
  const { bytes, files } = await sizeOf(state, index)
  return {
    uuid: index.uuid,
    datasetVersion: index.datasetVersion,
    ...(index.createdAt === undefined ? {} : { createdAt: index.createdAt }),
    bytes,
    files,
    fragments: index.fragmentIds === null ? null : [...index.fragmentIds].filter((id) => live.has(id)),
  }
}

async function sizeOf(
  { dataset, at }: State,
  { bytes, files, uuid, baseId }: ManifestIndex,
): Promise<{ readonly bytes: number; readonly files: number }> {
  if (bytes !== null || baseId !== undefined) return { bytes: bytes ?? 0, files: files.length }
  const listed = await dataset.store.list(joinPath(branchFolder(at.branch), `_indices/${uuid}`)).catch(() => [])
  return { bytes: listed.reduce((sum, file) => sum + file.bytes, 0), files: listed.length }
}

function columnPath(fields: readonly SchemaField[], id: number): string | undefined {
  for (const field of fields) {
    if (field.id === id) return field.name
    const below = columnPath(field.children, id)
    if (below !== undefined) return `${field.name}.${below}`
  }
  return undefined
}
