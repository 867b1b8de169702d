import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readBranches } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { createBranch, type BranchWrite } from './create.ts'
import { deleteBranch } from './delete.ts'

type Operations = 'branches.list' | 'branches.create' | 'branches.delete'

/** Branches: lines of versions beside main. */
export function createBranchesHandlers({ datasets, paths }: EngineContext): Pick<Handlers<Contract>, Operations> {
  const toWrite = (handle: string, name: string, signal: AbortSignal): BranchWrite => ({
    dataset: datasets.get(handle),
    name,
    writer: nativeWriterFor(paths.dataDir),
    signal,
  })
  return {
    'branches.list': ({ dataset }) => readBranches(datasets.get(dataset).store),
    'branches.create': ({ dataset, name, from }, { signal }) => createBranch(toWrite(dataset, name, signal), from),
    'branches.delete': ({ dataset, name }, { signal }) => deleteBranch(toWrite(dataset, name, signal)),
  }
}
