import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { readBranches, readTags } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { noteWrite, refWords } from '../ledger/index.ts'
import { describeVersion } from './details.ts'
import { listVersions } from './list.ts'
import { restoreVersion } from './restore.ts'
import { createVersionFactsReader } from './version-facts.ts'

/** The history of datasets: told by their manifests, added to by restoring. */
export function createVersionsHandlers(
  context: EngineContext,
): Pick<Handlers<Contract>, 'versions.list' | 'versions.refs' | 'versions.get' | 'versions.restore'> {
  const { datasets, paths } = context
  const reader = createVersionFactsReader()
  return {
    'versions.list': ({ dataset, branch }, { signal }) =>
      listVersions(datasets.get(dataset), notMain(branch), reader, signal),
    'versions.refs': async ({ dataset }) => {
      const { store } = datasets.get(dataset)
      const [tags, branches] = await Promise.all([readTags(store), readBranches(store)])
      return { tags, branches }
    },
    'versions.get': ({ dataset, branch, version }) =>
      describeVersion(datasets.get(dataset), { branch: notMain(branch), version }, reader),
    'versions.restore': ({ dataset, branch, version }, { signal }) => {
      const write = { dataset: datasets.get(dataset), writer: nativeWriterFor(paths.dataDir), signal }
      const at = { branch: notMain(branch), version }
      const note = { operation: 'versions.restore', title: `Restore ${refWords(at)}`, branch: at.branch }
      return noteWrite(context, write.dataset, note, () => restoreVersion(write, at))
    },
  }
}

function notMain(branch: string | undefined): string | undefined {
  return branch === 'main' ? undefined : branch
}
