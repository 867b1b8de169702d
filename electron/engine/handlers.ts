import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from './context.ts'
import { createBranchesHandlers } from './branches/index.ts'
import { createCheckpointsHandlers } from './checkpoints/index.ts'
import { createCompareHandlers } from './compare/index.ts'
import { createDatasetRegistry, createDatasetsHandlers } from './datasets/index.ts'
import { createDoctorHandlers } from './doctor/index.ts'
import { createEmbedHandlers } from './embed/index.ts'
import { createEmbeddersHandlers } from './embedders/index.ts'
import { createFilesHandlers } from './files/index.ts'
import { createFragmentsHandlers } from './fragments/index.ts'
import { createImportsHandlers } from './imports/index.ts'
import { createIndicesHandlers } from './indices/index.ts'
import { createInfoHandlers } from './info/index.ts'
import { createJobsHandlers } from './jobs/index.ts'
import { createLedgerHandlers } from './ledger/index.ts'
import { createCleaningHandlers, createMaintenanceHandlers } from './maintenance/index.ts'
import { createQueuesHandlers } from './queues/index.ts'
import { createRelevanceHandlers } from './relevance/index.ts'
import { createRowsHandlers } from './rows/index.ts'
import { createSampleHandlers } from './sample/index.ts'
import { createSearchHandlers } from './search/index.ts'
import { createSettingsHandlers } from './settings/index.ts'
import { createStorageHandlers } from './storage/index.ts'
import { createStreamsHandlers } from './streams/index.ts'
import { createTagsHandlers } from './tags/index.ts'
import { createTrashHandlers } from './trash/index.ts'
import { createUndoHandlers } from './undo/index.ts'
import { createUploadsHandlers } from './uploads/index.ts'
import { createVersionsHandlers } from './versions/index.ts'

export type HandlerOptions = Pick<EngineContext, 'facts' | 'paths' | 'log' | 'startJob'>

/** What the areas of one engine share. */
export function createContext(options: HandlerOptions): EngineContext {
  return { ...options, datasets: createDatasetRegistry({ paths: options.paths }) }
}

/** Every operation of the contract, made from the areas. An operation nobody handles does not pass the type check. */
export function createHandlers(context: EngineContext): Handlers<Contract> {
  return {
    ...createInfoHandlers(context),
    ...createSettingsHandlers(context),
    ...createFilesHandlers(context),
    ...createDatasetsHandlers(context),
    ...createRowsHandlers(context),
    ...createVersionsHandlers(context),
    ...createTagsHandlers(context),
    ...createBranchesHandlers(context),
    ...createCompareHandlers(context),
    ...createFragmentsHandlers(context),
    ...createStorageHandlers(context),
    ...createJobsHandlers(context),
    ...createLedgerHandlers(context),
    ...createUndoHandlers(context),
    ...createSearchHandlers(context),
    ...createIndicesHandlers(context),
    ...createCheckpointsHandlers(context),
    ...createTrashHandlers(context),
    ...createMaintenanceHandlers(context),
    ...createCleaningHandlers(context),
    ...createDoctorHandlers(context),
    ...createRelevanceHandlers(context),
    ...createEmbeddersHandlers(context),
    ...createEmbedHandlers(context),
    ...createImportsHandlers(context),
    ...createUploadsHandlers(context),
    ...createStreamsHandlers(context),
    ...createQueuesHandlers(context),
    ...createSampleHandlers(context),
  }
}
