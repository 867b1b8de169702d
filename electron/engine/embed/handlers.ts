import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { discardColumn } from './discard.ts'
import { forecastEmbedding } from './forecast.ts'
import { embedColumn } from './start.ts'
import { swapColumns } from './swap.ts'

type Operations = 'embed.forecast' | 'embed.column' | 'embed.swap' | 'embed.discard'

/** Vectors for the texts of a column, and moving from one embedder to another. */
export function createEmbedHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'embed.forecast': (input) => forecastEmbedding(context, input),
    'embed.column': (input, { signal }) => embedColumn(context, input, signal),
    'embed.swap': (input, { signal }) => swapColumns(context, input, signal),
    'embed.discard': (input, { signal }) => discardColumn(context, input, signal),
  }
}
