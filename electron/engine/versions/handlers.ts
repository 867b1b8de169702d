import { AppError } from '#shared/errors.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readBranches, readTags } from '../datasets/index.ts'
import { listVersions } from './list.ts'
import { createVersionFactsReader } from './version-facts.ts'

/** The history of datasets, from their manifests. */
export function createVersionsHandlers({
  datasets,
}: EngineContext): Pick<Handlers<Contract>, 'versions.list' | 'versions.refs' | 'versions.get' | 'versions.restore'> {
  const reader = createVersionFactsReader()
  return {
    'versions.list': ({ dataset, branch }, { signal }) =>
      listVersions(datasets.get(dataset), branch === 'main' ? undefined : branch, reader, signal),
    'versions.refs': async ({ dataset }) => {
      const { store } = datasets.get(dataset)
      const [tags, branches] = await Promise.all([readTags(store), readBranches(store)])
      return { tags, branches }
    },
    'versions.get': notBuilt,
    'versions.restore': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
