import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from './context.ts'
import { createInfoHandlers } from './info/index.ts'

export type HandlerOptions = Pick<EngineContext, 'facts' | 'paths' | 'log'>

/** Every operation of the contract, made from the areas. */
export function createHandlers(options: HandlerOptions): Handlers<Contract> {
  const context = options as EngineContext
  return { ...createInfoHandlers(context) } as unknown as Handlers<Contract>
}
