import { isSystemIndex } from '../format/index-section.ts'
import { readIndexDetails, type IndexDetails } from '../format/index-details.ts'
import type { Manifest } from '../format/types.ts'
import { coverageOf, liveRows, segmentsByName } from '../indices/index.ts'

/** What searching needs to know of an index. */
export interface KnownIndex {
  readonly name: string
  /** Top-level column; undefined when it is of none. */
  readonly column: string | undefined
  readonly details: IndexDetails
  readonly segments: number
  /** Live rows it covers and leaves out; undefined when it does not say. */
  readonly coverage: { readonly indexed: number; readonly unindexed: number } | undefined
}

const byManifest = new WeakMap<Manifest, readonly KnownIndex[]>()

/** Indices of a version; counted once, since every search asks. */
export function knownIndices(manifest: Manifest): readonly KnownIndex[] {
  const known = byManifest.get(manifest)
  if (known !== undefined) return known
  const names = new Map(manifest.schema.map(({ id, name }) => [id, name]))
  const indices = [...segmentsByName(manifest)].flatMap(([name, segments]): KnownIndex[] => {
    const [first] = segments
    if (first === undefined || isSystemIndex(name)) return []
    return [
      {
        name,
        column: names.get(first.fields[0] ?? -1),
        details: tolerant(first),
        segments: segments.length,
        coverage: coverageOf(manifest, segments),
      },
    ]
  })
  byManifest.set(manifest, indices)
  return indices
}

/** Live rows of a version. */
export function totalRows(manifest: Manifest): number {
  return manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
}

/** An index whose settings cannot be read is still there. */
function tolerant(index: Parameters<typeof readIndexDetails>[0]): IndexDetails {
  try {
    return readIndexDetails(index)
  } catch {
    return { type: 'Unknown', kind: 'unknown', parameters: {} }
  }
}
