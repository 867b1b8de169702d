import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createDocumentParsers(): Pick<
  Handlers<Parsing>,
  'source.inspect' | 'document.parse' | 'document.chunk'
> {
  return { 'source.inspect': missing, 'document.parse': missing, 'document.chunk': missing }
}
