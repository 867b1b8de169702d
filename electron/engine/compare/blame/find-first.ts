import { AppError } from '#shared/errors.ts'
import type { ResolvedRef } from '../../context.ts'
import type { Manifest, ManifestFragment } from '../../format/types.ts'
import { hasSameData, splitAddress, type Place } from './places.ts'
import { findAddress, type RowAt } from './read-row.ts'
import { rowNotFound } from '../../rows/index.ts'
import type { Trace } from './trace.ts'

/** The version that put a row where it lies, in the run of versions it was followed through. */
export interface FirstSeen {
  readonly at: ResolvedRef
  /** The row as that version has it. */
  readonly row: RowAt
  readonly place: Place
  /** The next older version; undefined = there is none any more. */
  readonly before: ResolvedRef | undefined
}

/** Versions looked at for a restore; each costs one small read. */
const MAX_RESTORE_SCAN = 20_000
const AT_ONCE = 32

/**
 * Finds the oldest version from which on a row has lain in the same fragment with the same files, by bisection: within a
 * run of versions without a restore, a fragment that has come stays until it goes for ever.
 */
export async function findFirst(trace: Trace, at: ResolvedRef, id: bigint): Promise<FirstSeen> {
  const { history, context, cost, signal } = trace
  const side = await history.side(at)
  const address = await findAddress(context, { side, id }, cost, signal)
  const place = address === undefined ? undefined : placeOf(side.manifest, address)
  if (place === undefined) throw rowNotFound(id)
  const versions = (await history.versions(at.branch)).filter((version) => version <= at.version)
  const run = [...(await runWithoutRestore(trace, at.branch, versions))]
  const damaged = new Map<number, AppError>()
  // Newest first: the last one of the run that still has the fragment.
  let [low, high] = [0, run.length - 1]
  while (low < high) {
    signal.throwIfAborted()
    const middle = (low + high + 1) >> 1
    const version = run[middle] ?? at.version
    const manifest = await history.manifest({ branch: at.branch, version }).catch(ifDamaged)
    if (manifest instanceof AppError) {
      // A fragment that an older version has was in this one as well.
      damaged.set(version, manifest)
      run.splice(middle, 1)
      high--
    } else if (findFragment(manifest, place.fragment) === undefined) high = middle - 1
    else low = middle
  }
  const first = { branch: at.branch, version: run[low] ?? at.version }
  const before = await history.before(first)
  const damage = before === undefined ? undefined : damaged.get(before.version)
  // It may be the one that put the row there.
  if (damage !== undefined) throw damage
  return { at: first, row: { side: await history.side(first), id }, place, before }
}

function ifDamaged(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'corrupt-manifest') return error
  throw error
}

/** Versions from the newest back to the last restore before it, that one included. */
async function runWithoutRestore(
  { history, signal }: Trace,
  branch: string | undefined,
  versions: readonly number[],
): Promise<readonly number[]> {
  for (let start = 0; start < Math.min(versions.length, MAX_RESTORE_SCAN); start += AT_ONCE) {
    signal.throwIfAborted()
    const part = versions.slice(start, start + AT_ONCE)
    const operations = await Promise.all(part.map((version) => history.operation({ branch, version })))
    const restored = operations.findIndex((operation) => operation?.kind === 'restore')
    if (restored !== -1) return versions.slice(0, start + restored + 1)
  }
  return versions
}

function placeOf(manifest: Manifest, address: bigint): Place | undefined {
  const { fragmentId, offset } = splitAddress(address)
  const fragment = manifest.fragments.find(({ id }) => id === fragmentId)
  return fragment === undefined ? undefined : { fragment, offset }
}

/** The same fragment with the same files in another version. */
export function findFragment(manifest: Manifest, wanted: ManifestFragment): ManifestFragment | undefined {
  const found = manifest.fragments.find(({ id }) => id === wanted.id)
  return found !== undefined && hasSameData(found, wanted) ? found : undefined
}
