import type { CompareSummary } from '#shared/model/compare.ts'
import type { IndexSummary } from '#shared/model/dataset.ts'
import type { Manifest } from '../format/types.ts'
import { liveRows } from './fragment-steps.ts'

type IndexSteps = CompareSummary['indices']

/** Indices of two states by name; one with other segments on each side is changed. */
export function compareIndices(
  from: { readonly manifest: Manifest; readonly indices: readonly IndexSummary[] },
  to: { readonly manifest: Manifest; readonly indices: readonly IndexSummary[] },
): IndexSteps {
  const before = new Set(from.indices.map(({ name }) => name))
  const after = new Set(to.indices.map(({ name }) => name))
  const shared = to.indices.map(({ name }) => name).filter((name) => before.has(name))
  const isChanged = (name: string): boolean =>
    segmentsOf(from.manifest, name).toSorted().join() !== segmentsOf(to.manifest, name).toSorted().join()
  return {
    added: to.indices.filter(({ name }) => !before.has(name)),
    removed: from.indices.filter(({ name }) => !after.has(name)),
    changed: shared.filter(isChanged).map((name) => ({
      name,
      segmentsBefore: segmentsOf(from.manifest, name).length,
      segmentsAfter: segmentsOf(to.manifest, name).length,
      coveredRowsBefore: coveredRows(from.manifest, name),
      coveredRowsAfter: coveredRows(to.manifest, name),
    })),
    unchanged: shared.filter((name) => !isChanged(name)).length,
  }
}

function segmentsOf(manifest: Manifest, name: string): readonly string[] {
  return manifest.indices.filter((segment) => segment.name === name).map(({ uuid }) => uuid)
}

/**
 * Live rows of the fragments any segment covers. A segment that does not list its fragments covers none for certain;
 * Lance itself takes it for all fragments there were, which the manifest alone cannot tell.
 */
function coveredRows(manifest: Manifest, name: string): number {
  const segments = manifest.indices.filter((segment) => segment.name === name)
  return manifest.fragments
    .filter(({ id }) => segments.some(({ fragmentIds }) => fragmentIds?.has(id) === true))
    .reduce((sum, fragment) => sum + liveRows(fragment), 0)
}
