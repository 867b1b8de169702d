import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

/** Jobs: long work in processes of their own. */
export function createJobsHandlers(
  _context: EngineContext,
): Pick<Handlers<Contract>, 'jobs.list' | 'jobs.watch' | 'jobs.cancel'> {
  return {
    'jobs.list': () => Promise.resolve([]),
    async *'jobs.watch'() {},
    'jobs.cancel': ({ job }) =>
      Promise.reject(new AppError({ code: 'job-not-found', message: `There is no job ${job}.` })),
  }
}
