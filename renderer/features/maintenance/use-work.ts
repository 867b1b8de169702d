import { type KnownJob, useActiveJobs } from '#renderer/features/jobs/index.ts'

/** Jobs at work, or waiting, that write the dataset or copy it. */
export function useWork(dataset: string): readonly KnownJob[] {
  // A copy only reads the dataset.
  return useActiveJobs(dataset).filter(({ writes, operation }) => writes || operation === 'maintenance.copy')
}
