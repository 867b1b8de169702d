import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type IndicesOperations =
  'indices.list' | 'indices.partitions' | 'indices.propose' | 'indices.create' | 'indices.drop' | 'indices.optimize'

/** Indices: what there is, what could be, and building them. */
export function createIndicesHandlers(_context: EngineContext): Pick<Handlers<Contract>, IndicesOperations> {
  return {
    'indices.list': () => Promise.reject(notBuilt()),
    'indices.partitions': () => Promise.reject(notBuilt()),
    'indices.propose': () => Promise.reject(notBuilt()),
    async *'indices.create'() {
      throw notBuilt()
    },
    'indices.drop': () => Promise.reject(notBuilt()),
    async *'indices.optimize'() {
      throw notBuilt()
    },
  }
}

const notBuilt = (): AppError => new AppError({ code: 'internal', message: 'Not built yet.' })
