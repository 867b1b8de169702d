import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type RelevanceOperations = 'relevance.list' | 'relevance.get' | 'relevance.save' | 'relevance.remove' | 'relevance.run'

/** Judged queries kept beside the app's data, run again and again. */
export function createRelevanceHandlers(_context: EngineContext): Pick<Handlers<Contract>, RelevanceOperations> {
  return {
    'relevance.list': () => Promise.reject(notBuilt()),
    'relevance.get': () => Promise.reject(notBuilt()),
    'relevance.save': () => Promise.reject(notBuilt()),
    'relevance.remove': () => Promise.reject(notBuilt()),
    async *'relevance.run'() {
      throw notBuilt()
    },
  }
}

const notBuilt = (): AppError => new AppError({ code: 'internal', message: 'Not built yet.' })
