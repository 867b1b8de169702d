import type { ManifestFragment } from '../format/types.ts'

/**
 * True when the rows of before stand where they stood, whether or not others came behind them: fragments were added, or
 * some were rewritten as others of as many rows in their place, as compaction does. Where rows were deleted, updated or
 * replaced it is false, and also where it cannot be told.
 */
export function hasSameRows(before: readonly ManifestFragment[], after: readonly ManifestFragment[]): boolean {
  let at = 0
  const [keysBefore, keysAfter] = [keysOf(before), keysOf(after)]
  for (let from = 0; from < before.length;) {
    const old = before[from]
    const next = after[at]
    if (old === undefined || next === undefined) return false
    if (isSame(old, next)) {
      if (liveRows([old]) !== liveRows([next])) return false
      from++
      at++
      continue
    }
    const gone = runOf(before, from, keysAfter)
    // What comes behind as many rows was appended since.
    const made = firstRows(runOf(after, at, keysBefore), liveRows(gone))
    if (gone.length === 0 || made === undefined) return false
    from += gone.length
    at += made.length
  }
  return true
}

/** Fragments from one on that the other state has not. */
function runOf(fragments: readonly ManifestFragment[], from: number, others: ReadonlySet<string>) {
  const run: ManifestFragment[] = []
  for (let at = from; at < fragments.length; at++) {
    const fragment = fragments[at]
    if (fragment === undefined || namesOf(fragment).some((name) => others.has(name))) break
    run.push(fragment)
  }
  return run
}

/** The first fragments that have exactly so many rows together; undefined when there are none. */
function firstRows(fragments: readonly ManifestFragment[], rows: number): readonly ManifestFragment[] | undefined {
  for (let count = 1, sum = 0; count <= fragments.length && sum < rows; count++) {
    sum += liveRows(fragments.slice(count - 1, count))
    if (sum === rows) return fragments.slice(0, count)
  }
  return undefined
}

function keysOf(fragments: readonly ManifestFragment[]): ReadonlySet<string> {
  return new Set(fragments.flatMap(namesOf))
}

/** Ids alone do not tell: a dataset made anew counts from the start. Columns may come and go, so that one file will do. */
function namesOf({ id, files }: ManifestFragment): readonly string[] {
  return files.map(({ path }) => `${id} ${path}`)
}

function isSame(a: ManifestFragment, b: ManifestFragment): boolean {
  return a.id === b.id && a.files.some(({ path }) => b.files.some((file) => file.path === path))
}

function liveRows(fragments: readonly ManifestFragment[]): number {
  return fragments.reduce((sum, { physicalRows, deletion }) => sum + physicalRows - (deletion?.deletedRows ?? 0), 0)
}
