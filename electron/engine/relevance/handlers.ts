import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { openSets, type Sets } from './sets.ts'

type RelevanceOperations = Extract<keyof Contract, `relevance.${string}`>

/** Relevance sets of datasets, beside the app's data. */
export function createRelevanceHandlers({
  datasets,
  paths,
}: EngineContext): Pick<Handlers<Contract>, RelevanceOperations> {
  const setsOf = (dataset: string): Sets => openSets(paths.dataDir, datasets.get(dataset).location)
  return {
    'relevance.list': async ({ dataset }, { signal }) => setsOf(dataset).list(signal),
    'relevance.get': async ({ dataset, name }) => setsOf(dataset).get(name),
    'relevance.save': async ({ dataset, set }) => setsOf(dataset).save(set),
    'relevance.record': async ({ dataset, name, run }) => setsOf(dataset).record(name, run),
    'relevance.remove': async ({ dataset, name = '', file }) => {
      await setsOf(dataset).remove(file === undefined ? { name } : { file })
      return {}
    },
  }
}
