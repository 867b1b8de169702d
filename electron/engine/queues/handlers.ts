import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readQueue } from './read-queue.ts'
import { watchQueue } from './watch-queue.ts'

export function createQueuesHandlers({
  paths,
}: EngineContext): Pick<Handlers<Contract>, 'queues.open' | 'queues.watch'> {
  return {
    'queues.open': ({ location }) => readQueue(location, paths.root),
    'queues.watch': ({ location }, { signal }) => watchQueue(location, paths.root, signal),
  }
}
