import type { OpenDataset, ResolvedRef } from '../../context.ts'
import { isSystemIndex } from '../../format/index-section.ts'
import type { Manifest, ManifestIndex } from '../../format/types.ts'
import type { Coverage } from './plan-tasks.ts'

type IsCovered = (fragment: number) => boolean

/** Nothing is covered: the plan there would be without indices. */
export const NO_COVERAGE: Coverage = { indicesOf: () => [] }

/** Which index segments cover which fragments, for the segments of a manifest in their order. */
export async function readCoverage(dataset: OpenDataset, at: ResolvedRef, manifest: Manifest): Promise<Coverage> {
  const segments: IsCovered[] = []
  for (const index of manifest.indices) {
    if (!isSystemIndex(index.name)) segments.push(await toCovered(dataset, at, index, manifest))
  }
  return {
    indicesOf: (fragment) => segments.flatMap((isCovered, position) => (isCovered(fragment) ? [position] : [])),
  }
}

/** A segment that does not say what it covers covers what existed in the version it was made from. */
async function toCovered(
  dataset: OpenDataset,
  at: ResolvedRef,
  { fragmentIds, datasetVersion }: ManifestIndex,
  manifest: Manifest,
): Promise<IsCovered> {
  if (fragmentIds !== null) return (fragment) => fragmentIds.has(fragment)
  // That version may be cleaned up; the best guess is then that the segment is up to date.
  const then = await dataset.manifest({ ...at, version: datasetVersion }).catch(() => manifest)
  const last = then.maxFragmentId ?? -1
  return (fragment) => fragment <= last
}
