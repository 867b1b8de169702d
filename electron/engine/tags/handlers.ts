import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readTags } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { createTag, deleteTag, moveTag, type TagWrite } from './write.ts'

type Operations = 'tags.list' | 'tags.create' | 'tags.move' | 'tags.delete'

/** Tags: names for versions. */
export function createTagsHandlers({ datasets, paths }: EngineContext): Pick<Handlers<Contract>, Operations> {
  const toWrite = (handle: string, name: string, signal: AbortSignal): TagWrite => ({
    dataset: datasets.get(handle),
    name,
    writer: nativeWriterFor(paths.dataDir),
    signal,
  })
  return {
    'tags.list': ({ dataset }) => readTags(datasets.get(dataset).store),
    'tags.create': ({ dataset, name, ref }, { signal }) => createTag(toWrite(dataset, name, signal), ref),
    'tags.move': ({ dataset, name, ref }, { signal }) => moveTag(toWrite(dataset, name, signal), ref),
    'tags.delete': ({ dataset, name }, { signal }) => deleteTag(toWrite(dataset, name, signal)),
  }
}
