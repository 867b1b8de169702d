import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'
import { inspectSource } from './inspect.ts'

export function createSourceInspector(): Pick<Handlers<Parsing>, 'source.inspect'> {
  return { 'source.inspect': inspectSource }
}
