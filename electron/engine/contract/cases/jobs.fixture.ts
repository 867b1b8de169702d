import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'jobs.list' | 'jobs.watch' | 'jobs.cancel'

/** Starts a job and leaves it running; resolves to its id. */
async function startJob(world: World, dataset: string, sample: number): Promise<string> {
  const input = { dataset, column: 'vector', k: 5, queries: { sample, seed: 1 }, sweep: {} }
  for await (const { job } of world.client().stream('search.recall', input)) return job.id
  throw new Error('the job never began')
}

export const jobsCases: Pick<Cases, Names> = {
  'jobs.list': {
    input: async (world, dataset) => {
      await startJob(world, dataset, 2)
      return {}
    },
    check: ([jobs]) => {
      expectEqual(jobs?.[0]?.operation, 'search.recall', 'operation')
      expectEqual(jobs?.[0]?.datasetName, 'things', 'dataset')
    },
  },
  'jobs.watch': {
    input: async (world, dataset) => {
      await startJob(world, dataset, 2)
      return {}
    },
    check: ([job]) => {
      expectEqual(job?.title, 'Measure recall of vector', 'title')
      expectThat((job?.memoryLimitBytes ?? 0) > 0, 'it has a limit')
    },
    enough: 1,
  },
  'jobs.cancel': {
    input: async (world, dataset) => ({ job: await startJob(world, dataset, 900) }),
    check: ([job]) => {
      expectEqual(job?.state, 'cancelled', 'state')
      expectThat(job?.endedAt !== undefined, 'it has ended')
      expectThat(job?.error === undefined, 'being cancelled is no failure')
    },
  },
}
