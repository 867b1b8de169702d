import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readBranches } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { noteWrite, refWords } from '../ledger/index.ts'
import { createBranch, type BranchWrite } from './create.ts'
import { deleteBranch } from './delete.ts'

type Operations = 'branches.list' | 'branches.create' | 'branches.delete'

/** Branches: lines of versions beside main. */
export function createBranchesHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  const { datasets, paths } = context
  const toWrite = (handle: string, name: string, signal: AbortSignal): BranchWrite => ({
    dataset: datasets.get(handle),
    name,
    writer: nativeWriterFor(paths.dataDir),
    signal,
  })
  const noted = <T>(write: BranchWrite, operation: Operations, title: string, work: () => Promise<T>): Promise<T> =>
    noteWrite(context, write.dataset, { operation, title, makesNoVersion: true }, work)
  return {
    'branches.list': ({ dataset }) => readBranches(datasets.get(dataset).store),
    'branches.create': ({ dataset, name, from }, { signal }) => {
      const write = toWrite(dataset, name, signal)
      const title = `Create branch ${name} from ${refWords(from)}`
      return noted(write, 'branches.create', title, () => createBranch(write, from))
    },
    'branches.delete': ({ dataset, name }, { signal }) => {
      const write = toWrite(dataset, name, signal)
      return noted(write, 'branches.delete', `Delete branch ${name}`, () => deleteBranch(write))
    },
  }
}
