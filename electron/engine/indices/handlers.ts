import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { abortable } from '../rows/index.ts'
import { createIndex } from './create.ts'
import { dropNamedIndex } from './drop.ts'
import { listIndices } from './list.ts'
import { optimizeIndices } from './optimize.ts'
import { listPartitions } from './partitions.ts'
import { proposeForColumn } from './propose.ts'

type IndicesOperations =
  'indices.list' | 'indices.partitions' | 'indices.propose' | 'indices.create' | 'indices.drop' | 'indices.optimize'

/** Indices: what there is, what could be, and building them. */
export function createIndicesHandlers(context: EngineContext): Pick<Handlers<Contract>, IndicesOperations> {
  return {
    'indices.list': (input) => listIndices(context, input),
    'indices.partitions': (input) => listPartitions(context, input),
    'indices.propose': (input, { signal }) => abortable(signal, proposeForColumn(context, input, signal)),
    'indices.create': (input, { signal }) => createIndex(context, input, signal),
    'indices.drop': (input, { signal }) => dropNamedIndex(context, input, signal),
    'indices.optimize': (input, { signal }) => optimizeIndices(context, input, signal),
  }
}
