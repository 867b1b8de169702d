import { dirname } from 'node:path'
import type { Contract } from '#shared/contract/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { expandPath } from '../store/local-path.ts'
import { abortable } from '../rows/index.ts'
import { clearBuildings } from './copy-place.ts'
import { copyTask } from './copy.ts'
import { deleteRowsTask } from './delete-rows.ts'
import { forecast } from './forecast.ts'
import { migrateManifestsTask } from './migrate-manifests.ts'
import { compactJob, foldIndicesJob, purgeJob, REWRITES } from './operation-jobs.ts'
import { refragmentTask } from './rewrite.ts'
import { startOperation } from './start.ts'

type Operations =
  | 'maintenance.forecast'
  | 'maintenance.compact'
  | 'maintenance.optimizeIndices'
  | 'maintenance.purgeDeletions'
  | 'maintenance.refragment'
  | 'maintenance.deleteRows'
  | 'maintenance.migrateManifests'
  | 'maintenance.copy'

/** Maintenance of main: each operation foretold, run as a job, and proved. */
export function createMaintenanceHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  return {
    'maintenance.forecast': (input, { signal }) => abortable(signal, forecast(context, input, signal)),
    'maintenance.compact': (input, { signal }) => startOperation(context, input, compactJob, signal),
    'maintenance.optimizeIndices': (input, { signal }) => startOperation(context, input, foldIndicesJob, signal),
    'maintenance.purgeDeletions': (input, { signal }) =>
      startOperation(context, input, purgeJob(input.fragments), signal),
    'maintenance.refragment': (input, { signal }) =>
      startOperation(
        context,
        input,
        {
          operation: { kind: 'refragment', rowsPerFragment: input.rowsPerFragment, fragments: input.fragments },
          job: 'maintenance.refragment',
          title: `Rewrite into fragments of ${formatCount(input.rowsPerFragment)} rows`,
          task: refragmentTask,
          folders: REWRITES,
        },
        signal,
      ),
    'maintenance.deleteRows': (input, { signal }) =>
      startOperation(
        context,
        input,
        {
          operation: { kind: 'delete-rows', filter: input.filter, rows: input.rows },
          job: 'maintenance.deleteRows',
          title: 'Delete rows',
          task: deleteRowsTask,
          folders: ['_deletions'],
        },
        signal,
      ),
    'maintenance.migrateManifests': (input, { signal }) =>
      startOperation(
        context,
        input,
        {
          operation: { kind: 'migrate-manifests' },
          job: 'maintenance.migrateManifests',
          title: 'Rename manifests to the newer scheme',
          task: migrateManifestsTask,
          folders: [],
        },
        signal,
      ),
    'maintenance.copy': (input, { signal }) => {
      const { to, rowsPerFragment, formatVersion } = input
      return startOperation(
        context,
        input,
        {
          operation: { kind: 'copy', to, rowsPerFragment, formatVersion },
          job: 'maintenance.copy',
          title: `Copy into ${to}`,
          task: copyTask,
          folders: null,
          onEnded: async () => clearBuildings({ parent: dirname(expandPath(to)) }),
        },
        signal,
      )
    },
  }
}
