import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'
import { readMedia } from './read.ts'

export function createMediaParsers(): Pick<Handlers<Parsing>, 'media.read'> {
  return { 'media.read': readMedia }
}
