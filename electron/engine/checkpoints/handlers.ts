import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { createCheckpoint, deleteCheckpoint, listCheckpoints, restoreCheckpoint } from './change.ts'

type Names = 'checkpoints.list' | 'checkpoints.create' | 'checkpoints.restore' | 'checkpoints.delete'

/** Restore points: named snapshots of all datasets of a folder. */
export function createCheckpointsHandlers(context: EngineContext): Pick<Handlers<Contract>, Names> {
  const toReal = (folder: string): Promise<string> => resolveRealPath(folder, context.paths.root)
  return {
    'checkpoints.list': async ({ folder }) => listCheckpoints(context, await toReal(folder)),
    'checkpoints.create': async ({ folder, name, note }, { signal }) =>
      createCheckpoint(context, { folder: await toReal(folder), name }, note, signal),
    'checkpoints.restore': async ({ folder, name, paths }) => ({
      outcomes: await restoreCheckpoint(context, { folder: await toReal(folder), name }, paths),
    }),
    'checkpoints.delete': async ({ folder, name }) => ({
      outcomes: await deleteCheckpoint(context, { folder: await toReal(folder), name }),
    }),
  }
}
