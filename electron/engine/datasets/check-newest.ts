import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { decodeManifest } from '../format/manifest.ts'
import type { Manifest } from '../format/types.ts'
import { explainNoDataset } from './location.ts'
import { MAX_MANIFEST_BYTES } from './manifest-cache.ts'
import { listManifests, type ListedManifest } from './manifest-listing.ts'
import { withFallback } from './problems.ts'

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
    if (!(error instanceof AppError) || error.code !== 'corrupt-manifest') throw error
    throw withFallback(error, await findReadable(dataset, manifests.slice(1)))
  }
}

async function findReadable(dataset: OpenDataset, older: readonly ListedManifest[]): Promise<number | undefined> {
  const deadline = Date.now() + FALLBACK_MS
  for (const { version, path } of older.slice(0, FALLBACK_MANIFESTS)) {
    if (Date.now() > deadline) return undefined
    try {
      decodeManifest(await dataset.store.read(path, MAX_MANIFEST_BYTES))
      return version
    } catch {
      // This one is damaged too; the next older may not be.
    }
  }
  return undefined
}
