import { measureState } from '../figures.ts'
import type { OperationTask } from '../operation.ts'
import { noteOthers } from '../run-operation.ts'
import { cleanUp } from './clean-up.ts'

/** Cleans up old versions of main and measures what that freed. Not stopped by a full disk: it makes room. */
export const cleanupTask: OperationTask<'cleanup'> = async ({ location, operation }, env) => {
  const { context, signal } = env
  const dataset = await context.datasets.open(location)
  env.report({ done: 0, total: null, unit: 'bytes', note: 'Looking for what nothing needs' })
  const before = await measureState(dataset, signal)
  const began = performance.now()
  const { bytesFreed, filesRemoved, tries, notes } = await cleanUp(context, dataset, operation, env)
  const elapsedMs = performance.now() - began
  const after = await measureState(dataset)
  return {
    kind: 'cleanup',
    versionBefore: before.version,
    versionAfter: before.version,
    before,
    after,
    elapsedMs,
    tries,
    bytesFreed,
    filesRemoved,
    notes: [...notes, ...noteOthers(after.version - before.version)],
  }
}
