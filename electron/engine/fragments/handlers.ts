import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { listColumns } from './columns.ts'
import { createDataFileCache } from './data-file-cache.ts'
import { createVersionFinder } from './containing-versions.ts'
import { getFragment } from './get.ts'
import { listFragments } from './list.ts'

/** The fragments of a version, from its manifest and the ends of its data files. */
export function createFragmentsHandlers(
  context: EngineContext,
): Pick<Handlers<Contract>, 'fragments.list' | 'fragments.get' | 'fragments.columns'> {
  const { datasets } = context
  const files = createDataFileCache()
  const finder = createVersionFinder()
  return {
    'fragments.list': async ({ dataset: handle, ref }, { signal }) => {
      const dataset = datasets.get(handle)
      const at = await dataset.resolve(ref)
      return listFragments(await dataset.manifest(at), at, signal)
    },
    'fragments.get': async ({ dataset: handle, ref, id }, { signal }) => {
      const dataset = datasets.get(handle)
      return getFragment(dataset, await dataset.resolve(ref), id, finder, signal)
    },
    'fragments.columns': async ({ dataset: handle, ref }, { signal }) => {
      const dataset = datasets.get(handle)
      return listColumns(context, dataset, await dataset.resolve(ref), files, signal)
    },
  }
}
