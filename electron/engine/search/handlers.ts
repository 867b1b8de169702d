import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type SearchOperations = 'search.run' | 'search.explain' | 'search.tokenize' | 'search.highlight' | 'search.recall'

/** Searching rows by vector, text or both, and what is behind the answers. */
export function createSearchHandlers(_context: EngineContext): Pick<Handlers<Contract>, SearchOperations> {
  return {
    'search.run': () => Promise.reject(notBuilt()),
    'search.explain': () => Promise.reject(notBuilt()),
    'search.tokenize': () => Promise.reject(notBuilt()),
    'search.highlight': () => Promise.reject(notBuilt()),
    async *'search.recall'() {
      throw notBuilt()
    },
  }
}

const notBuilt = (): AppError => new AppError({ code: 'internal', message: 'Not built yet.' })
