import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { AppError } from '#shared/errors.ts'
import type { DatasetRegistry, EnginePaths, OpenDataset } from '../context.ts'
import { createLocalStore } from '../store/local-store.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { checkNewest, checkState } from './check-newest.ts'
import { checkInnerLinks } from './inside-root.ts'
import { checkFolder, datasetName } from './location.ts'
import { createManifestCache } from './manifest-cache.ts'
import { createOpenDataset } from './open-dataset.ts'

/** Handles are the first this many hex digits of the location's SHA-256. */
const HANDLE_LENGTH = 16

/** Holds what is opened without a holder. */
const FOREVER = new AbortController().signal

/** The handle of a real path; the same in every process, so that it survives a restart of the engine. */
export function toHandle(location: string): string {
  return createHash('sha256').update(location).digest('hex').slice(0, HANDLE_LENGTH)
}

/** Datasets open in this process. Opening reads file names and one manifest, and writes nothing. */
export function createDatasetRegistry(options: { readonly paths: Pick<EnginePaths, 'root'> }): DatasetRegistry {
  const { root } = options.paths
  const datasets = new Map<string, OpenDataset>()
  const holders = new Map<string, Set<AbortSignal>>()
  const cache = createManifestCache()

  const release = (handle: string, holder: AbortSignal = FOREVER): void => {
    const set = holders.get(handle)
    if (set === undefined || !set.delete(holder) || set.size > 0) return
    holders.delete(handle)
    datasets.delete(handle)
  }
  const hold = (handle: string, holder: AbortSignal): void => {
    const set = holders.get(handle) ?? new Set()
    holders.set(handle, set)
    if (set.has(holder)) return
    set.add(holder)
    // A window may hold any number of datasets.
    setMaxListeners(0, holder)
    holder.addEventListener('abort', () => release(handle, holder), { once: true })
  }

  return {
    async open(text, holder = FOREVER, ref?) {
      const location = await resolveRealPath(text, root)
      const handle = toHandle(location)
      await checkFolder(location)
      if (root !== undefined) await checkInnerLinks(location, root)
      const dataset =
        datasets.get(handle) ??
        createOpenDataset({ handle, location, name: datasetName(location) }, createLocalStore(location), cache, root)
      await (ref === undefined ? checkNewest(dataset) : checkState(dataset, ref))
      holder.throwIfAborted()
      const opened = datasets.get(handle) ?? dataset
      datasets.set(handle, opened)
      hold(handle, holder)
      return opened
    },
    get(handle) {
      const dataset = datasets.get(handle)
      if (dataset !== undefined) return dataset
      throw new AppError({
        code: 'unknown-dataset',
        message: 'This dataset is not open.',
        hint: 'Open it again by its location.',
        detail: { dataset: handle },
      })
    },
    close: release,
  }
}
