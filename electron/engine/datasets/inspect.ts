import { readdir } from 'node:fs/promises'
import type { OpenDataset } from '../context.ts'
import { createLocalStore } from '../store/local-store.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { checkInnerLinks } from './inside-root.ts'
import { checkFolder, datasetName, explainNoDataset } from './location.ts'
import { createManifestCache } from './manifest-cache.ts'
import { createOpenDataset } from './open-dataset.ts'
import { toHandle } from './registry.ts'

/**
 * A dataset to be looked at, whether or not any of its manifests reads; nobody else shares it. Fails like opening for a
 * place that is no folder or lies outside `root`, and with `not-a-dataset` for a folder with no part of a dataset in it.
 */
export async function inspectDataset(text: string, root: string | undefined): Promise<OpenDataset> {
  const location = await resolveRealPath(text, root)
  await checkFolder(location)
  if (root !== undefined) await checkInnerLinks(location, root)
  const names = await readdir(location)
  if (!names.includes('_versions') && !names.includes('_transactions')) throw await explainNoDataset(location)
  const identity = { handle: toHandle(location), location, name: datasetName(location) }
  return createOpenDataset(identity, createLocalStore(location), createManifestCache(), root)
}
