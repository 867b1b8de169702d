import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createUploadsHandlers(
  _context: EngineContext,
): Pick<Handlers<Contract>, 'uploads.begin' | 'uploads.write' | 'uploads.finish' | 'uploads.discard'> {
  return { 'uploads.begin': missing, 'uploads.write': missing, 'uploads.finish': missing, 'uploads.discard': missing }
}
