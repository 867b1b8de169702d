import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'relevance.list' | 'relevance.get' | 'relevance.save' | 'relevance.record' | 'relevance.remove'

const set = (name: string) => ({
  name,
  k: 5,
  keyColumn: 'id',
  queries: [
    {
      label: 'like the first',
      vector: [1, 2, 3],
      text: 'thing',
      judgments: [
        { key: '1', grade: 1 as const },
        { rowId: '2', grade: 0 as const },
      ],
    },
  ],
  configurations: [{ name: 'Exact', use: 'vector' as const, params: { exact: true }, ref: { version: 1 } }],
})
const figures = { configuration: 'Exact', ndcg: 0.5, recall: 1, mrr: 0.25, p50Ms: 2.5, queries: 1, failed: [] }
const run = { at: '2026-11-26T00:00:00Z', version: 3, k: 5, figures: [figures] }

/** Saves a set nobody had before; resolves to its name. */
async function saved(world: World, dataset: string): Promise<string> {
  const name = `${world.freshName()} / ../ “free text”`
  await world.client().call('relevance.save', { dataset, set: set(name) })
  return name
}

export const relevanceCases: Pick<Cases, Names> = {
  'relevance.list': {
    input: async (world, dataset) => {
      await saved(world, dataset)
      return { dataset }
    },
    check: ([entries]) => {
      expectThat((entries?.length ?? 0) > 0, 'there is a set')
      for (const entry of entries ?? []) expectEqual(entry.kind, 'set', 'kind')
    },
  },
  'relevance.get': {
    input: async (world, dataset) => ({ dataset, name: await saved(world, dataset) }),
    check: ([found]) => expectEqual(found, { ...set(found?.name ?? ''), runs: [] }, 'set'),
  },
  'relevance.save': {
    input: (world, dataset) => ({ dataset, set: set(world.freshName()) }),
    check: ([found]) => expectEqual(found, { ...set(found?.name ?? ''), runs: [] }, 'set'),
  },
  'relevance.record': {
    input: async (world, dataset) => ({ dataset, name: await saved(world, dataset), run }),
    check: ([found]) => expectEqual(found?.runs, [run], 'runs'),
  },
  'relevance.remove': {
    input: async (world, dataset) => ({ dataset, name: await saved(world, dataset) }),
    check: (results) => expectEqual(results, [{}], 'result'),
  },
}
