import type { Input } from '#shared/contract/index.ts'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import type { Repair, RepairEvent, RepairResult } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { EngineContext } from '../../context.ts'
import { inspectDataset } from '../../datasets/index.ts'
import { beginWrite } from '../../ledger/index.ts'
import { createVersionsHandlers } from '../../versions/index.ts'
import type { DeepOptions } from '../deep.ts'
import { copyReadable } from './copy-readable.ts'
import { dropBrokenIndex, rebuildIndex } from './index-repairs.ts'
import type { RepairEnv } from './env.ts'
import { removeFiles } from './remove-files.ts'
import { setAsideNewest } from './set-aside.ts'

const TITLES: { readonly [K in Repair['kind']]: string } = {
  'set-aside-newest': 'Set broken newest manifests aside',
  'copy-readable': 'Write the readable rows into a new dataset',
  'remove-files': 'Remove files of no version',
  'rebuild-index': 'Build a damaged index again',
  'drop-index': 'Drop a damaged index',
  'restore-version': 'Go back to an undamaged version',
}

/** Does one repair and notes it in the ledger, with what went before and after. */
export async function* repairDataset(
  context: EngineContext,
  { location, repair }: Input<'doctor.repair'>,
  signal: AbortSignal,
  options: DeepOptions = {},
): AsyncGenerator<RepairEvent> {
  const dataset = await inspectDataset(location, context.paths.root)
  const env: RepairEnv = { context, dataset, signal, options }
  if (NOTES_ITSELF.has(repair.kind)) {
    const running = start(env, repair)
    let own = await running.next()
    for (; own.done !== true; own = await running.next()) yield { kind: 'job', job: own.value }
    yield { kind: 'done', result: own.value }
    return
  }
  const begun = await beginWrite(context, dataset, {
    operation: 'doctor.repair',
    title: TITLES[repair.kind],
    forecast: repair.kind === 'remove-files' ? { kind: repair.kind, files: repair.paths.length } : repair,
    ...(repair.kind === 'set-aside-newest' ? { branch: repair.branch } : {}),
    ...(repair.kind === 'copy-readable' || repair.kind === 'remove-files' ? { makesNoVersion: true as const } : {}),
  })
  try {
    const running = start(env, repair)
    let step = await running.next()
    for (; step.done !== true; step = await running.next()) yield { kind: 'job', job: step.value }
    await begun.end({ outcome: 'done', result: step.value })
    yield { kind: 'done', result: step.value }
  } catch (error) {
    const isEnded = isCancelled(error) || signal.aborted
    await begun.end(isEnded ? { outcome: 'cancelled' } : { outcome: 'failed', error: toErrorValue(error) })
    throw error
  }
}

/** Repairs made of operations that have an entry of their own in the ledger. */
const NOTES_ITSELF: ReadonlySet<Repair['kind']> = new Set(['rebuild-index', 'drop-index', 'restore-version'])

async function* start(env: RepairEnv, repair: Input<'doctor.repair'>['repair']): AsyncGenerator<JobInfo, RepairResult> {
  switch (repair.kind) {
    case 'set-aside-newest':
      return yield* setAsideNewest(env, repair.branch)
    case 'copy-readable':
      return yield* copyReadable(env, repair)
    case 'remove-files':
      return removeFiles(env, repair.paths)
    case 'rebuild-index':
      return yield* rebuildIndex(env, repair.index)
    case 'drop-index':
      return dropBrokenIndex(env, repair.index)
    case 'restore-version':
      return restore(env, repair.version)
  }
}

async function restore({ context, dataset, signal }: RepairEnv, version: number): Promise<RepairResult> {
  const holder = new AbortController()
  try {
    const { handle } = await context.datasets.open(dataset.location, holder.signal)
    const restored = await createVersionsHandlers(context)['versions.restore']({ dataset: handle, version }, { signal })
    return {
      repair: 'restore-version',
      title: `Version ${restored.version} has the rows of version ${version}.`,
      version: restored.version,
      lost: [],
    }
  } finally {
    holder.abort()
  }
}
