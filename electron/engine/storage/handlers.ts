import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type Operations =
  | 'storage.files'
  | 'storage.usage'
  | 'storage.versions'
  | 'storage.file'
  | 'storage.read'
  | 'storage.cleanupPreview'
  | 'storage.compactionPreview'
  | 'storage.findings'

/** Every byte of a dataset: what it is, what keeps it, what would free it. */
export function createStorageHandlers(_context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'storage.files': notBuilt,
    'storage.usage': notBuilt,
    'storage.versions': notBuilt,
    'storage.file': notBuilt,
    'storage.read': notBuilt,
    'storage.cleanupPreview': notBuilt,
    'storage.compactionPreview': notBuilt,
    'storage.findings': notBuilt,
  }
}

function notBuilt(): never {
  throw new AppError({ code: 'unknown-operation', message: 'This operation is not built yet.' })
}
