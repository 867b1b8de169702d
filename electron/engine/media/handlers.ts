import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createMediaParsers(): Pick<Handlers<Parsing>, 'media.read'> {
  return { 'media.read': missing }
}
