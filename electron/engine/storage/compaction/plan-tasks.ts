import type { ManifestFragment } from '../../format/types.ts'

/** Rows a fragment should have; LanceDB's `optimize` uses Lance's default and offers no other. */
export const TARGET_ROWS = 1_048_576
/** A fragment with a larger share of deleted rows is rewritten to be rid of them. */
export const DELETED_SHARE = 0.1

export interface Coverage {
  /** Positions of the index segments that cover a fragment. */
  indicesOf(fragment: number): readonly number[]
}

interface Candidate {
  readonly fragment: ManifestFragment
  /** Rewritten even without neighbours to merge with. */
  readonly isAloneEnough: boolean
}

/**
 * Groups the fragments compaction would rewrite, as Lance does (lance `optimize.rs`, `plan_compaction`): neighbours that
 * are too small or have too many deleted rows and are covered by the same index segments, split where both parts have
 * enough rows.
 */
export function planTasks(
  fragments: readonly ManifestFragment[],
  coverage: Coverage,
): readonly (readonly ManifestFragment[])[] {
  const bins: Candidate[][] = []
  let bin: Candidate[] = []
  let binIndices = ''
  const finish = (): void => {
    if (bin.length > 0) bins.push(bin)
    bin = []
  }
  for (const fragment of fragments) {
    const candidate = toCandidate(fragment)
    if (candidate === undefined) {
      finish()
      continue
    }
    const indices = coverage.indicesOf(fragment.id).join()
    if (indices !== binIndices) finish()
    binIndices = indices
    bin.push(candidate)
  }
  finish()
  return bins
    .filter(([first, second]) => second !== undefined || first?.isAloneEnough === true)
    .flatMap((candidates) => splitForSize(candidates.map(({ fragment }) => fragment)))
}

function toCandidate(fragment: ManifestFragment): Candidate | undefined {
  if (isWorthRewriting(fragment)) return { fragment, isAloneEnough: true }
  return fragment.physicalRows < TARGET_ROWS ? { fragment, isAloneEnough: false } : undefined
}

/** Lance compares the share as a 32-bit float with the 32-bit threshold. */
function isWorthRewriting({ physicalRows, deletion }: ManifestFragment): boolean {
  if (physicalRows === 0) return false
  const share = Math.fround(Math.fround(deletion?.deletedRows ?? 0) / Math.fround(physicalRows))
  return share > Math.fround(DELETED_SHARE)
}

function splitForSize(fragments: readonly ManifestFragment[]): readonly (readonly ManifestFragment[])[] {
  const tasks: ManifestFragment[][] = []
  let task: ManifestFragment[] = []
  let rows = 0
  let rowsLeft = fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  for (const fragment of fragments) {
    task.push(fragment)
    rows += liveRows(fragment)
    rowsLeft -= liveRows(fragment)
    if (rows < TARGET_ROWS || rowsLeft < TARGET_ROWS) continue
    tasks.push(task)
    task = []
    rows = 0
  }
  if (task.length > 0) tasks.push(task)
  return tasks
}

/** Rows of a fragment that are not deleted. */
export function liveRows({ physicalRows, deletion }: ManifestFragment): number {
  return physicalRows - (deletion?.deletedRows ?? 0)
}
