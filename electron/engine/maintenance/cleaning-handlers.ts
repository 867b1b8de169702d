import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { noteWrite } from '../ledger/index.ts'
import { abortable } from '../rows/index.ts'
import { findLeftovers, removeLeftovers } from './cleanup/leftovers.ts'
import { cleanupJob } from './operation-jobs.ts'
import { startOperation } from './start.ts'
import { getPlan, setPlan } from './plan/state.ts'
import { runPlan } from './plan/run.ts'
import { toWanted } from './cleanup/gather.ts'

type Operations =
  | 'maintenance.cleanup'
  | 'maintenance.leftovers'
  | 'maintenance.removeLeftovers'
  | 'maintenance.plan.get'
  | 'maintenance.plan.set'
  | 'maintenance.plan.run'

/** What removes files, and plans of when to do which maintenance. */
export function createCleaningHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  const { datasets } = context
  return {
    'maintenance.cleanup': async function* ({ dataset, maxMemoryBytes, ...keep }, { signal }) {
      const operation = { kind: 'cleanup', ...keep } as const
      toWanted(operation)
      yield* startOperation(context, { dataset, maxMemoryBytes }, cleanupJob(operation), signal)
    },
    'maintenance.leftovers': ({ dataset }, { signal }) =>
      abortable(signal, findLeftovers(context, datasets.get(dataset), signal)),
    'maintenance.removeLeftovers': ({ dataset, paths }, { signal }) =>
      abortable(
        signal,
        noteWrite(
          context,
          datasets.get(dataset),
          { operation: 'maintenance.removeLeftovers', title: 'Remove leftovers', makesNoVersion: true },
          () => removeLeftovers(context, datasets.get(dataset), paths, signal),
        ),
      ),
    'maintenance.plan.get': ({ dataset }, { signal }) =>
      abortable(signal, getPlan(context, datasets.get(dataset), signal)),
    'maintenance.plan.set': ({ dataset, plan }, { signal }) =>
      abortable(signal, setPlan(context, datasets.get(dataset), plan, signal)),
    'maintenance.plan.run': ({ dataset }, { signal }) => runPlan(context, datasets.get(dataset), 'person', signal),
  }
}
