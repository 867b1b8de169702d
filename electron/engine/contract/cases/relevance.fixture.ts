import type { Cases } from '../case.fixture.ts'

type Names = 'relevance.list' | 'relevance.get' | 'relevance.save' | 'relevance.remove' | 'relevance.run'

export const relevanceCases: Pick<Cases, Names> = {
  'relevance.list': {
    input: (_world, dataset) => ({ dataset }),
    check: () => undefined,
  },
  'relevance.get': {
    input: (_world, dataset) => ({ dataset, name: 'none' }),
    check: () => undefined,
  },
  'relevance.save': {
    input: (_world, dataset) => ({ dataset, set: { name: 'a', k: 5, queries: [], configurations: [] } }),
    check: () => undefined,
  },
  'relevance.remove': {
    input: (_world, dataset) => ({ dataset, name: 'none' }),
    check: () => undefined,
  },
  'relevance.run': {
    input: (_world, dataset) => ({ dataset, name: 'none' }),
    check: () => undefined,
  },
}
