import type { EngineContext } from '../../context.ts'
import type { History } from './history.ts'
import type { ReadCost } from './read-row.ts'

/** What following one row needs all the way. */
export interface Trace {
  readonly context: EngineContext
  readonly history: History
  /** Field ids of the columns that recognise the row where its id does not; empty = none. */
  readonly keyIds: readonly number[]
  /** Field id of the one column asked about. */
  readonly columnId: number | undefined
  readonly cost: ReadCost
  readonly signal: AbortSignal
}
