import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readLedger } from './read.ts'

const DEFAULT_LIMIT = 1000

/** The ledger: what this app wrote. */
export function createLedgerHandlers(context: EngineContext): Pick<Handlers<Contract>, 'ledger.list'> {
  return {
    'ledger.list': ({ dataset, limit = DEFAULT_LIMIT }) => readLedger(context, context.datasets.get(dataset), limit),
  }
}
