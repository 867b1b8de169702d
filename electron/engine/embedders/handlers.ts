import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type EmbeddersOperations =
  | 'embedders.list'
  | 'embedders.save'
  | 'embedders.remove'
  | 'embedders.embed'
  | 'embedders.columns'
  | 'embedders.assign'

/** What turns text into vectors, and what made the vectors of a dataset. */
export function createEmbeddersHandlers(_context: EngineContext): Pick<Handlers<Contract>, EmbeddersOperations> {
  return {
    'embedders.list': () => Promise.reject(notBuilt()),
    'embedders.save': () => Promise.reject(notBuilt()),
    'embedders.remove': () => Promise.reject(notBuilt()),
    'embedders.embed': () => Promise.reject(notBuilt()),
    'embedders.columns': () => Promise.reject(notBuilt()),
    'embedders.assign': () => Promise.reject(notBuilt()),
  }
}

const notBuilt = (): AppError => new AppError({ code: 'internal', message: 'Not built yet.' })
