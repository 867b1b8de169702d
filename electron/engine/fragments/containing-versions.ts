import { setImmediate } from 'node:timers/promises'
import type { VersionRange } from '#shared/model/metadata.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { listManifests, MAX_MANIFEST_BYTES, readBranches, type ListedManifest } from '../datasets/index.ts'
import { hasFragment, readFragmentIds } from '../format/fragment-ids.ts'
import { decodeManifest } from '../format/manifest.ts'
import type { ManifestFragment } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { forEachOf } from './for-each.ts'

/** Manifests read at the same time. */
const CONCURRENCY = 8
/** Runs of fragment ids kept over all manifests: 16 bytes each. */
const MAX_KEPT_RUNS = 2_000_000

/** Finds the versions that contain a fragment, remembering which fragments each manifest has. */
export interface VersionFinder {
  /** Versions of the branch and of other branches that share the fragment, oldest first; this branch comes first. */
  find(
    dataset: OpenDataset,
    at: ResolvedRef,
    fragment: ManifestFragment,
    options: { readonly count: (store: ObjectStore) => ObjectStore; readonly signal: AbortSignal },
  ): Promise<readonly VersionRange[]>
}

type FinderOptions = Parameters<VersionFinder['find']>[3]

/** Remembers the fragments of manifests it has read, up to a bound. */
export function createVersionFinder(): VersionFinder {
  const kept = new Map<string, Float64Array>()
  let keptRuns = 0
  let lane: Promise<unknown> = Promise.resolve()

  /** Manifests that arrive together are gone through one in a turn of the event loop: a large one takes 10 ms or more. */
  const inTurn = <Result>(work: () => Result): Promise<Result> => {
    const turn = lane.then(() => setImmediate()).then(work)
    lane = turn.catch(() => undefined)
    return turn
  }

  /** Undefined when the manifest is gone or damaged: it then contains nothing for certain. */
  const readIds = async (store: ObjectStore, { path }: ListedManifest): Promise<Float64Array | undefined> => {
    try {
      const { bytes, modifiedMs } = await store.info(path)
      const key = [store.root, path, bytes, modifiedMs].join('\0')
      const known = kept.get(key)
      if (known !== undefined) return known
      const file = await store.read(path, MAX_MANIFEST_BYTES)
      const runs = await inTurn(() => readFragmentIds(file))
      kept.set(key, runs)
      keptRuns += runs.length / 2
      for (const [oldest, old] of kept) {
        if (keptRuns <= MAX_KEPT_RUNS || oldest === key) break
        kept.delete(oldest)
        keptRuns -= old.length / 2
      }
      return runs
    } catch (error) {
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  /** Listed manifests of a branch, oldest first, with whether each has the fragment. */
  const scan = async (
    dataset: OpenDataset,
    branch: string | undefined,
    id: number,
    { count, signal }: FinderOptions,
  ): Promise<readonly (ListedManifest & { readonly isContaining: boolean })[]> => {
    const store = count(dataset.store)
    const manifests = (await listManifests(store, branch)).toReversed()
    const containing = new Set<number>()
    await forEachOf(manifests, CONCURRENCY, signal, async (listed) => {
      const runs = await readIds(store, listed)
      if (runs !== undefined && hasFragment(runs, id)) containing.add(listed.version)
    })
    return manifests.map((listed) => ({ ...listed, isContaining: containing.has(listed.version) }))
  }

  return {
    async find(dataset, at, fragment, options) {
      const ranges = [...toRanges(await scan(dataset, at.branch, fragment.id, options), at.branch)]
      for (const branch of await otherBranches(dataset, at.branch)) {
        const scanned = await scan(dataset, branch, fragment.id, options)
        const first = scanned.find((it) => it.isContaining)
        if (first === undefined || !(await sharesFiles(options.count(dataset.store), first, fragment))) continue
        ranges.push(...toRanges(scanned, branch))
      }
      return ranges
    },
  }
}

async function otherBranches(
  { store }: OpenDataset,
  own: string | undefined,
): Promise<readonly (string | undefined)[]> {
  const branches = await readBranches(store).catch(() => [])
  const names = branches.filter((it) => it.latestVersion !== null).map((it) => it.name)
  return [undefined, ...names].filter((name) => name !== own)
}

/** Branches count on from the same fragment ids: only a data file in common, whose name is unique, makes it the same one. */
async function sharesFiles(store: ObjectStore, { path }: ListedManifest, fragment: ManifestFragment): Promise<boolean> {
  try {
    const manifest = decodeManifest(await store.read(path, MAX_MANIFEST_BYTES))
    const other = manifest.fragments.find((it) => it.id === fragment.id)
    const names = new Set(fragment.files.map((file) => file.path))
    return other?.files.some((file) => names.has(file.path)) === true
  } catch {
    return false
  }
}

function* toRanges(
  scanned: readonly { readonly version: number; readonly isContaining: boolean }[],
  branch: string | undefined,
): Generator<VersionRange> {
  let from: number | undefined
  let to = 0
  for (const { version, isContaining } of scanned) {
    if (isContaining) {
      from ??= version
      to = version
    } else if (from !== undefined) {
      yield { ...(branch === undefined ? {} : { branch }), from, to }
      from = undefined
    }
  }
  if (from !== undefined) yield { ...(branch === undefined ? {} : { branch }), from, to }
}
