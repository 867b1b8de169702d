import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type Operations = 'tags.list' | 'tags.create' | 'tags.move' | 'tags.delete'

/** Tags: names for versions. */
export function createTagsHandlers(_context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'tags.list': notBuilt,
    'tags.create': notBuilt,
    'tags.move': notBuilt,
    'tags.delete': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
