import type { Cases } from '../case.fixture.ts'

type Names = 'search.run' | 'search.explain' | 'search.tokenize' | 'search.highlight' | 'search.recall'

export const searchCases: Pick<Cases, Names> = {
  'search.run': {
    input: (_world, dataset) => ({ dataset, vector: [1, 0.5, -1], k: 5 }),
    check: () => undefined,
  },
  'search.explain': {
    input: (_world, dataset) => ({ dataset, vector: [1, 0.5, -1], k: 5 }),
    check: () => undefined,
  },
  'search.tokenize': {
    input: (_world, dataset) => ({ dataset, text: 'a thing' }),
    check: () => undefined,
  },
  'search.highlight': {
    input: (_world, dataset) => ({ dataset, text: 'thing', columns: ['name'], rowIds: ['5'] }),
    check: () => undefined,
  },
  'search.recall': {
    input: (_world, dataset) => ({ dataset, column: 'vector', k: 5, queries: { sample: 2, seed: 1 }, sweep: {} }),
    check: () => undefined,
  },
}
