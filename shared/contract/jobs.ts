import { z } from 'zod'
import type { JobInfo } from '../model/job.ts'
import { call, stream } from './define.ts'

export const jobs = {
  'jobs.list': call<readonly JobInfo[]>()(
    'Jobs of this run of the engine, newest first; the last hundred that ended are kept.',
    z.strictObject({}),
  ),
  'jobs.watch': stream<JobInfo>()(
    'Every known job at once, then each at every change, until the caller ends it.',
    z.strictObject({}),
  ),
  'jobs.cancel': call<JobInfo>()(
    'Ends a job by ending its process; a dataset it wrote to stays at a consistent version.',
    z.strictObject({ job: z.string().min(1).max(64) }),
  ),
} as const
