import type { EngineContext, OpenDataset } from '../../context.ts'
import type { DeepOptions } from '../deep.ts'

/** What a repair is done with. */
export interface RepairEnv {
  readonly context: EngineContext
  readonly dataset: OpenDataset
  readonly signal: AbortSignal
  readonly options: DeepOptions
}
