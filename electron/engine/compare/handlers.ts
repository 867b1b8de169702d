import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type Operations = 'versions.compare' | 'versions.comparePage' | 'versions.keyCandidates' | 'versions.blame'

/** What differs between two states, and the life of a row. */
export function createCompareHandlers(_context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'versions.compare': notBuilt,
    'versions.comparePage': notBuilt,
    'versions.keyCandidates': notBuilt,
    'versions.blame': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
