import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { listFragments } from './list.ts'

/** The fragments of a version, from its manifest. */
export function createFragmentsHandlers({ datasets }: EngineContext): Pick<Handlers<Contract>, 'fragments.list'> {
  return {
    'fragments.list': async ({ dataset: handle, ref }) => {
      const dataset = datasets.get(handle)
      const at = await dataset.resolve(ref)
      return listFragments(await dataset.manifest(at), at)
    },
  }
}
