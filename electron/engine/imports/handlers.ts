import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

type Names =
  | 'import.inspect'
  | 'import.preview'
  | 'import.run'
  | 'import.resume'
  | 'import.pause'
  | 'import.list'
  | 'import.log'
  | 'import.forget'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createImportsHandlers(_context: EngineContext): Pick<Handlers<Contract>, Names> {
  return {
    'import.inspect': missing,
    'import.preview': missing,
    'import.run': missing,
    'import.resume': missing,
    'import.pause': missing,
    'import.list': missing,
    'import.log': missing,
    'import.forget': missing,
  }
}
