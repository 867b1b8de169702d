import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type Operations = 'branches.list' | 'branches.create' | 'branches.delete'

/** Branches: lines of versions beside main. */
export function createBranchesHandlers(_context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'branches.list': notBuilt,
    'branches.create': notBuilt,
    'branches.delete': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
