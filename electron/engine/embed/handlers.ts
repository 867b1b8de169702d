import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createEmbedHandlers(
  _context: EngineContext,
): Pick<Handlers<Contract>, 'embed.forecast' | 'embed.column' | 'embed.swap'> {
  return { 'embed.forecast': missing, 'embed.column': missing, 'embed.swap': missing }
}
