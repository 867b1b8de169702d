import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { listIndices } from './list.ts'

/** The indices of a dataset. */
export function createIndicesHandlers(context: EngineContext): Pick<Handlers<Contract>, 'indices.list'> {
  return { 'indices.list': (input) => listIndices(context, input) }
}
