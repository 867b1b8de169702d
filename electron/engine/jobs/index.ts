export { createJobsHandlers } from './handlers.ts'
export { runJob } from './run-job.ts'
export type { JobSpec, Task, TaskEnv } from './types.ts'
