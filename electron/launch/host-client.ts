import type { Contract } from '#shared/contract/index.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { processChannel, type EngineProcess, type Supervisor } from '#engine/supervisor.ts'

/** The host's own connection to whichever engine process runs now; undefined while none does. */
export function createHostClient(supervisor: Supervisor): () => Client<Contract> | undefined {
  let known: { readonly engine: EngineProcess; readonly client: Client<Contract> } | undefined
  return () => {
    const engine = supervisor.process()
    if (engine === undefined) return undefined
    if (known?.engine !== engine) known = { engine, client: createClient<Contract>(processChannel(engine)) }
    return known.client
  }
}
