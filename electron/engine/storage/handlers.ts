import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import { planCleanup, summarizePlan } from './cleanup/plan-cleanup.ts'
import { previewCompaction } from './compaction/preview-compaction.ts'
import { listFiles } from './files.ts'
import { findProblems } from './findings/find-problems.ts'
import { createSnapshots } from './gather/snapshots.ts'
import type { Snapshot } from './gather/snapshot.ts'
import { createPace } from './pace.ts'
import { previewFile, readFileRange } from './preview/preview-file.ts'
import { toNanoseconds } from './references/time.ts'
import { sumUsage } from './usage.ts'
import { sumVersions } from './versions.ts'

type Operations =
  | 'storage.files'
  | 'storage.usage'
  | 'storage.versions'
  | 'storage.file'
  | 'storage.read'
  | 'storage.cleanupPreview'
  | 'storage.compactionPreview'
  | 'storage.findings'

/** Every byte of a dataset: what it is, what keeps it, what would free it. Nothing here writes. */
export function createStorageHandlers({ datasets }: EngineContext): Pick<Handlers<Contract>, Operations> {
  const snapshots = createSnapshots()
  return {
    'storage.files': async function* ({ dataset, fresh }, { signal }) {
      yield* listFiles(await snapshots(datasets.get(dataset), signal, { fresh }), createPace(signal))
    },
    'storage.usage': async ({ dataset: handle, fresh }, { signal }) => {
      const dataset = datasets.get(handle)
      const snapshot = await snapshots(dataset, signal, { fresh })
      return sumUsage(snapshot, await readNewest(dataset, snapshot), createPace(signal))
    },
    'storage.versions': async ({ dataset, fresh }, { signal }) =>
      sumVersions(await snapshots(datasets.get(dataset), signal, { fresh })),
    'storage.file': ({ dataset, path }) => previewFile(datasets.get(dataset), path),
    'storage.read': ({ dataset, path, start, length }) => readFileRange(datasets.get(dataset), path, start, length),
    'storage.cleanupPreview': async ({ dataset, branch, olderThan, deleteUnverified = false }, { signal }) => {
      const rules = { cutOffNs: toNanoseconds(olderThan), deleteUnverified, nowMs: Date.now() }
      const snapshot = await snapshots(datasets.get(dataset), signal)
      return summarizePlan(
        await planCleanup(snapshot, branch === 'main' ? undefined : branch, rules, createPace(signal)),
      )
    },
    'storage.compactionPreview': async ({ dataset: handle, ref }) => {
      const dataset = datasets.get(handle)
      return previewCompaction(dataset, await dataset.resolve(ref))
    },
    'storage.findings': async ({ dataset: handle, ref }, { signal }) => {
      const dataset = datasets.get(handle)
      const [at, snapshot] = await Promise.all([dataset.resolve(ref), snapshots(dataset, signal)])
      return findProblems(dataset, at, snapshot, createPace(signal))
    },
  }
}

/** The newest manifest of main, when it has files in other datasets and can be read: only then it says anything more. */
async function readNewest(dataset: OpenDataset, { references }: Snapshot): Promise<Manifest | undefined> {
  const [main] = references.lines
  const version = main?.versions.at(-1)?.version
  if (version === undefined || main?.foreignBases.length === 0) return undefined
  return dataset.manifest({ branch: undefined, version }).catch(() => undefined)
}
