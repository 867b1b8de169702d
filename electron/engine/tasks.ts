import type { JobOperation } from '#shared/model/job.ts'
import type { Task } from './jobs/index.ts'
import { copyReadableTask, scanTask } from './doctor/index.ts'
import { embedColumnTask } from './embed/index.ts'
import { importTask } from './imports/index.ts'
import { createIndexTask, optimizeIndicesTask } from './indices/index.ts'
import {
  cleanupTask,
  compactTask,
  copyTask,
  deleteRowsTask,
  foldIndicesTask,
  migrateManifestsTask,
  purgeDeletionsTask,
  refragmentTask,
} from './maintenance/index.ts'
import { recallTask } from './search/index.ts'

/** What a job process can do, by the operation that starts it. */
export const TASKS: { readonly [K in JobOperation]: Task<never, unknown> } = {
  'indices.create': createIndexTask,
  'indices.optimize': optimizeIndicesTask,
  'search.recall': recallTask,
  'maintenance.compact': compactTask,
  'maintenance.optimizeIndices': foldIndicesTask,
  'maintenance.purgeDeletions': purgeDeletionsTask,
  'maintenance.refragment': refragmentTask,
  'maintenance.deleteRows': deleteRowsTask,
  'maintenance.migrateManifests': migrateManifestsTask,
  'maintenance.copy': copyTask,
  'maintenance.cleanup': cleanupTask,
  'doctor.scan': scanTask,
  'doctor.copy': copyReadableTask,
  'import.run': importTask,
  'embed.column': embedColumnTask,
}
