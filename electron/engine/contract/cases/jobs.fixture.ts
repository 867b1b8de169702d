import type { Cases } from '../case.fixture.ts'

type Names = 'jobs.list' | 'jobs.watch' | 'jobs.cancel'

export const jobsCases: Pick<Cases, Names> = {
  'jobs.list': {
    input: () => ({}),
    check: () => undefined,
  },
  'jobs.watch': {
    input: () => ({}),
    check: () => undefined,
  },
  'jobs.cancel': {
    input: () => ({ job: 'none' }),
    check: () => undefined,
  },
}
