import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'

const missing = (): never => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}

export function createTableParsers(): Pick<Handlers<Parsing>, 'table.detect' | 'table.read'> {
  return { 'table.detect': missing, 'table.read': missing }
}
