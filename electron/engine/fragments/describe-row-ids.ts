import type { RowIdSummary } from '#shared/model/fragment-details.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { listManifests, MAX_MANIFEST_BYTES } from '../datasets/index.ts'
import { readFragmentParts, type SequencePlace } from '../format/fragment-parts.ts'
import { branchFolder, joinPath } from '../format/names.ts'
import { decodeRowIdSequence } from '../format/row-ids.ts'
import type { ObjectStore } from '../store/object-store.ts'

const MAX_SEGMENTS = 200
const MAX_SEQUENCE_BYTES = 64 * 1024 * 1024

/** The stable row ids of a fragment as the manifest stores them; undefined without stable row ids, or when unreadable. */
export async function describeRowIds(
  { store: plain }: OpenDataset,
  at: ResolvedRef,
  id: number,
  count: (store: ObjectStore) => ObjectStore,
): Promise<RowIdSummary | undefined> {
  const store = count(plain)
  try {
    const listed = (await listManifests(store, at.branch)).find((it) => it.version === at.version)
    if (listed === undefined) return undefined
    const place = readFragmentParts(await store.read(listed.path, MAX_MANIFEST_BYTES), id)?.rowIds
    return place === undefined ? undefined : summarize(await readSequence(store, at, place))
  } catch {
    return undefined
  }
}

async function readSequence(store: ObjectStore, at: ResolvedRef, place: SequencePlace): Promise<Uint8Array> {
  if (place.kind === 'inline') return place.bytes
  const end = place.offset + Math.min(place.bytes, MAX_SEQUENCE_BYTES)
  return store.readRange(joinPath(branchFolder(at.branch), place.path), place.offset, end)
}

function summarize(bytes: Uint8Array): RowIdSummary {
  const segments = decodeRowIdSequence(bytes)
  return {
    rows: segments.reduce((sum, segment) => sum + segment.rows, 0),
    bytes: bytes.length,
    segments: segments.slice(0, MAX_SEGMENTS).map(({ kind, first, last, rows }) => ({
      kind,
      first: first.toString(),
      last: last.toString(),
      rows,
    })),
    moreSegments: Math.max(0, segments.length - MAX_SEGMENTS),
  }
}
