import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { listTrash } from './folder.ts'
import { deleteForGood, dropDataset, renameDataset, restoreDataset } from './move.ts'

type Names = 'trash.drop' | 'trash.list' | 'trash.restore' | 'trash.delete' | 'datasets.rename'

/** Datasets moved as whole folders: into the trash, out of it, and to another name. */
export function createTrashHandlers(context: EngineContext): Pick<Handlers<Contract>, Names> {
  const { root } = context.paths
  return {
    'trash.drop': ({ location }) => dropDataset(context, location),
    'trash.list': async ({ folder }) => listTrash(await resolveRealPath(folder, root)),
    'trash.restore': (input) => restoreDataset(context, input),
    'trash.delete': async (input) => ({ bytes: await deleteForGood(context, input) }),
    'datasets.rename': (input) => renameDataset(context, input),
  }
}
