import type { CompareSummary, FragmentStep } from '#shared/model/compare.ts'
import type { Manifest, ManifestFragment } from '../format/types.ts'

/** A fragment both states have. */
export interface FragmentPair {
  readonly from: ManifestFragment
  readonly to: ManifestFragment
  readonly hasSameFiles: boolean
  readonly hasSameDeletions: boolean
}

/** How the fragments of one state became those of the other. */
export interface FragmentSteps {
  readonly added: readonly ManifestFragment[]
  readonly removed: readonly ManifestFragment[]
  readonly pairs: readonly FragmentPair[]
}

/**
 * Fragments of two states of one dataset. The same id is the same fragment as long as the two share a data file: on two
 * branches the same id may have been given to different rows. Files are told by their names, which are unique for ever;
 * a branch names those of its parent with another base path.
 */
export function pairFragments(from: Manifest, to: Manifest): FragmentSteps {
  const before = new Map(from.fragments.map((fragment) => [fragment.id, fragment]))
  const added: ManifestFragment[] = []
  const pairs: FragmentPair[] = []
  for (const fragment of to.fragments) {
    const former = before.get(fragment.id)
    if (former === undefined || !sharesFile(former, fragment)) {
      added.push(fragment)
      continue
    }
    before.delete(fragment.id)
    pairs.push({
      from: former,
      to: fragment,
      hasSameFiles: fileNames(former) === fileNames(fragment),
      hasSameDeletions: deletionName(former) === deletionName(fragment),
    })
  }
  return { added, removed: [...before.values()], pairs }
}

/** Rows of a fragment that are not deleted. */
export function liveRows(fragment: ManifestFragment): number {
  return fragment.physicalRows - (fragment.deletion?.deletedRows ?? 0)
}

/** The fragments' part of a summary. */
export function summarizeSteps({ added, removed, pairs }: FragmentSteps): NonNullable<CompareSummary['fragments']> {
  return {
    added: added.map(toStep),
    removed: removed.map(toStep),
    deletionsChanged: pairs
      .filter(({ hasSameDeletions }) => !hasSameDeletions)
      .map(({ from, to }) => ({
        id: to.id,
        before: from.deletion?.deletedRows ?? 0,
        after: to.deletion?.deletedRows ?? 0,
      })),
    columnsChanged: pairs.filter(({ hasSameFiles }) => !hasSameFiles).map(({ to }) => to.id),
    kept: pairs.filter(({ hasSameFiles, hasSameDeletions }) => hasSameFiles && hasSameDeletions).length,
  }
}

function toStep(fragment: ManifestFragment): FragmentStep {
  const sizes = fragment.files.map(({ bytes }) => bytes)
  const isKnown = sizes.every((bytes) => bytes !== null)
  return {
    id: fragment.id,
    rows: liveRows(fragment),
    bytes: isKnown ? sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) : null,
  }
}

function sharesFile(a: ManifestFragment, b: ManifestFragment): boolean {
  // A fragment of nothing but null columns has no files at all.
  if (a.files.length === 0 && b.files.length === 0) return a.physicalRows === b.physicalRows
  const paths = new Set(a.files.map(({ path }) => path))
  return b.files.some(({ path }) => paths.has(path))
}

function fileNames(fragment: ManifestFragment): string {
  return fragment.files.map(({ path }) => path).join('\n')
}

/** Each change of a fragment's deletions makes a new file. */
function deletionName({ deletion }: ManifestFragment): string {
  return deletion === undefined ? '' : `${deletion.type} ${deletion.readVersion} ${deletion.id}`
}
