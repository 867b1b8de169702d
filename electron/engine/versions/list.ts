import type { VersionEntry } from '#shared/model/version.ts'
import type { OpenDataset } from '../context.ts'
import { isBranchName, listManifests, readTags, refNotFound } from '../datasets/index.ts'
import { AppError } from '#shared/errors.ts'
import { toEntry } from './entry.ts'
import { mapAhead } from './map-ahead.ts'
import type { VersionFactsReader } from './version-facts.ts'

/** Manifests read ahead of the one whose entry comes next. */
const LOOK_AHEAD = 32

/**
 * The versions of a branch, newest first, each as soon as the next older one is read (it is compared with that one).
 * A manifest that cannot be read is an entry with a `problem`; versions cleaned up meanwhile are left out.
 */
export async function* listVersions(
  dataset: OpenDataset,
  branch: string | undefined,
  reader: VersionFactsReader,
  signal: AbortSignal,
): AsyncGenerator<VersionEntry> {
  if (branch !== undefined && !isBranchName(branch)) throw refNotFound('branch', branch)
  const { store } = dataset
  const [manifests, tags] = await Promise.all([listManifests(store, branch), readTagsByVersion(dataset, branch)])
  if (manifests.length === 0) throw branch === undefined ? noVersions(dataset) : refNotFound('branch', branch)
  const facts = mapAhead(manifests, LOOK_AHEAD, (listed) => reader.read(store, listed))
  let newer = (await facts.next()).value
  for await (const older of facts) {
    signal.throwIfAborted()
    if (older === undefined) continue
    if (newer !== undefined) yield await toEntry(store, newer, older, tags.get(newer.version) ?? [])
    newer = older
  }
  if (newer !== undefined) yield await toEntry(store, newer, undefined, tags.get(newer.version) ?? [])
}

async function readTagsByVersion(
  dataset: OpenDataset,
  branch: string | undefined,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const names = new Map<number, string[]>()
  // Tags are an extra here: `versions.refs` is where a folder of them that cannot be read is reported.
  const tags = await readTags(dataset.store).catch(() => [])
  for (const tag of tags) {
    if (tag.problem !== undefined || tag.branch !== branch) continue
    names.set(tag.version, [...(names.get(tag.version) ?? []), tag.name])
  }
  return names
}

function noVersions(dataset: OpenDataset): AppError {
  return new AppError({
    code: 'not-found',
    message: `The dataset ${dataset.name} has no versions any more.`,
    hint: 'It was moved or deleted. Open it where it is now.',
    detail: { path: dataset.location },
  })
}
