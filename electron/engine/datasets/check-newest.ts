import type { Ref } from '#shared/model/ref.ts'
import type { OpenDataset } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import { explainNoDataset } from './location.ts'
import { listManifests, type ListedManifest } from './manifest-listing.ts'
import { isUnreadable, withFallback } from './problems.ts'

/** The search for an older version that still reads ends after this time or number of manifests. */
const FALLBACK_MS = 200
const FALLBACK_MANIFESTS = 50

/**
 * The newest manifest of main, read and decoded. Fails with a sentence of its own for each way a folder can be no
 * dataset, be damaged, or be written by a newer Lance.
 */
export async function checkNewest(dataset: OpenDataset): Promise<Manifest> {
  const manifests = await listManifests(dataset.store)
  const newest = manifests[0]
  if (newest === undefined) throw await explainNoDataset(dataset.location)
  try {
    return await dataset.manifest({ branch: undefined, version: newest.version })
  } catch (error) {
    if (!isUnreadable(error)) throw error
    throw withFallback(error, await findReadable(dataset, manifests.slice(1)))
  }
}

/** Checks the manifest of one state, whatever the newest is like. A folder without any version fails as with {@link checkNewest}. */
export async function checkState(dataset: OpenDataset, ref: Ref): Promise<void> {
  if ((await listManifests(dataset.store)).length === 0) throw await explainNoDataset(dataset.location)
  await dataset.manifest(await dataset.resolve(ref))
}

async function findReadable(dataset: OpenDataset, older: readonly ListedManifest[]): Promise<number | undefined> {
  const deadline = Date.now() + FALLBACK_MS
  for (const { version } of older.slice(0, FALLBACK_MANIFESTS)) {
    if (Date.now() > deadline) return undefined
    try {
      await dataset.manifest({ branch: undefined, version })
      return version
    } catch {
      // This one cannot be used either; the next older may not be.
    }
  }
  return undefined
}
