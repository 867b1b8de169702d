import type { CleanupOperation } from '#shared/model/maintenance.ts'
import { cleanupTask } from './cleanup/task.ts'
import { compactTask, foldIndicesTask } from './compact.ts'
import { purgeDeletionsTask } from './purge.ts'
import type { OperationJob } from './start.ts'

/** Folders a job writes into beside those of commits. */
export const REWRITES = ['data', '_deletions', '_indices']

export const compactJob: OperationJob<'compact'> = {
  operation: { kind: 'compact' },
  job: 'maintenance.compact',
  title: 'Compact fragments',
  task: compactTask,
  folders: REWRITES,
}

export const foldIndicesJob: OperationJob<'optimize-indices'> = {
  operation: { kind: 'optimize-indices' },
  job: 'maintenance.optimizeIndices',
  title: 'Fold rows into the indices',
  task: foldIndicesTask,
  folders: REWRITES,
}

/** `fragments` absent = all with deleted rows. */
export function purgeJob(fragments?: readonly number[]): OperationJob<'purge-deletions'> {
  return {
    operation: { kind: 'purge-deletions', fragments },
    job: 'maintenance.purgeDeletions',
    title: 'Purge deleted rows',
    task: purgeDeletionsTask,
    folders: REWRITES,
  }
}

export function cleanupJob(operation: CleanupOperation): OperationJob<'cleanup'> {
  return {
    operation,
    job: 'maintenance.cleanup',
    title: 'Clean up old versions',
    task: cleanupTask,
    folders: REWRITES,
  }
}
