import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readTags } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { noteWrite, refWords } from '../ledger/index.ts'
import { createTag, deleteTag, moveTag, type TagWrite } from './write.ts'

type Operations = 'tags.list' | 'tags.create' | 'tags.move' | 'tags.delete'

/** Tags: names for versions. */
export function createTagsHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  const { datasets, paths } = context
  const toWrite = (handle: string, name: string, signal: AbortSignal): TagWrite => ({
    dataset: datasets.get(handle),
    name,
    writer: nativeWriterFor(paths.dataDir),
    signal,
  })
  const noted = <T>(write: TagWrite, operation: Operations, title: string, work: () => Promise<T>): Promise<T> =>
    noteWrite(context, write.dataset, { operation, title, makesNoVersion: true }, work)
  return {
    'tags.list': ({ dataset }) => readTags(datasets.get(dataset).store),
    'tags.create': ({ dataset, name, ref }, { signal }) => {
      const write = toWrite(dataset, name, signal)
      return noted(write, 'tags.create', `Create tag ${name} at ${refWords(ref)}`, () => createTag(write, ref))
    },
    'tags.move': ({ dataset, name, ref }, { signal }) => {
      const write = toWrite(dataset, name, signal)
      return noted(write, 'tags.move', `Move tag ${name} to ${refWords(ref)}`, () => moveTag(write, ref))
    },
    'tags.delete': ({ dataset, name }, { signal }) => {
      const write = toWrite(dataset, name, signal)
      return noted(write, 'tags.delete', `Delete tag ${name}`, () => deleteTag(write))
    },
  }
}
