import { AppError } from '#shared/errors.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { listFragments } from './list.ts'

/** The fragments of a version, from its manifest. */
export function createFragmentsHandlers({
  datasets,
}: EngineContext): Pick<Handlers<Contract>, 'fragments.list' | 'fragments.get' | 'fragments.columns'> {
  return {
    'fragments.list': async ({ dataset: handle, ref }) => {
      const dataset = datasets.get(handle)
      const at = await dataset.resolve(ref)
      return listFragments(await dataset.manifest(at), at)
    },
    'fragments.get': notBuilt,
    'fragments.columns': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
