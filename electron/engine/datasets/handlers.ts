import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { findDatasets } from './find.ts'
import { summarize } from './summary.ts'
import { watchDataset } from './watch.ts'

type Names = 'datasets.find' | 'datasets.open' | 'datasets.close' | 'datasets.summary' | 'datasets.watch'

/** Finding, opening, describing and watching datasets by their metadata alone. */
export function createDatasetsHandlers({ datasets, paths }: EngineContext): Pick<Handlers<Contract>, Names> {
  return {
    'datasets.find': ({ location, maxDepth }, { signal }) =>
      findDatasets(location, { root: paths.root, maxDepth, signal }),
    'datasets.open': async ({ location, ref }, { connection }) => {
      const dataset = await datasets.open(location, connection, ref)
      return { dataset: dataset.handle, ...(await summarize(dataset, await dataset.resolve(ref))) }
    },
    'datasets.close': ({ dataset }, { connection }) => {
      datasets.close(dataset, connection)
      return {}
    },
    'datasets.summary': async ({ dataset: handle, ref }) => {
      const dataset = datasets.get(handle)
      return summarize(dataset, await dataset.resolve(ref))
    },
    'datasets.watch': ({ dataset, branch }, { signal }) =>
      watchDataset(datasets.get(dataset), branch === 'main' ? undefined : branch, signal),
  }
}
