import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { completePath } from './complete.ts'
import { listDirectory } from './list.ts'
import { listRoots } from './roots.ts'

type Names = 'files.roots' | 'files.list' | 'files.complete'

/** Browsing the folders of the machine the engine runs on, for choosing what to open. */
export function createFilesHandlers({ paths }: EngineContext): Pick<Handlers<Contract>, Names> {
  return {
    'files.roots': () => listRoots(paths.root),
    'files.list': ({ directory, hidden = false }) => listDirectory(directory, { root: paths.root, hidden }),
    'files.complete': ({ text, files }) => completePath(text, paths.root, files),
  }
}
