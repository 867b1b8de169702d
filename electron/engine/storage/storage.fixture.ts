import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StorageFile } from '#shared/model/storage.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { createStorageHandlers } from './index.ts'

type Input = Readonly<Record<string, unknown>>

/** The storage operations on one dataset, opened anew so that nothing is remembered. */
export async function openStorage(location: string) {
  const datasets = createDatasetRegistry({ paths: { root: undefined } })
  const handlers = createStorageHandlers({ datasets } as unknown as EngineContext)
  const dataset = await datasets.open(location)
  const context = { signal: new AbortController().signal }
  const { handle } = dataset
  return {
    dataset,
    handlers,
    usage: (signal = context.signal) => handlers['storage.usage']({ dataset: handle }, { signal }),
    versions: () => handlers['storage.versions']({ dataset: handle }, context),
    cleanup: (input: Input & { readonly olderThan: string }) =>
      handlers['storage.cleanupPreview']({ dataset: handle, ...input }, context),
    compaction: (input: Input = {}) => handlers['storage.compactionPreview']({ dataset: handle, ...input }, context),
    findings: (input: Input = {}) => handlers['storage.findings']({ dataset: handle, ...input }, context),
    async files(): Promise<readonly StorageFile[]> {
      const files: StorageFile[] = []
      for await (const file of handlers['storage.files']({ dataset: handle }, context)) files.push(file)
      return files
    },
  }
}

/** Sizes of all files below a folder by path, found without any of our code. */
export function walkSizes(location: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const entry of readdirSync(location, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const path = join(entry.parentPath, entry.name)
    sizes.set(path.slice(location.length + 1), lstatSync(path).size)
  }
  return sizes
}
