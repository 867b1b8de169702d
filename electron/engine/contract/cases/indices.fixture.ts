import type { Cases } from '../case.fixture.ts'

type Names =
  'indices.list' | 'indices.partitions' | 'indices.propose' | 'indices.create' | 'indices.drop' | 'indices.optimize'

export const indicesCases: Pick<Cases, Names> = {
  'indices.list': {
    input: (_world, dataset) => ({ dataset }),
    check: () => undefined,
  },
  'indices.partitions': {
    input: (_world, dataset) => ({ dataset, name: 'none' }),
    check: () => undefined,
  },
  'indices.propose': {
    input: (_world, dataset) => ({ dataset, column: 'vector' }),
    check: () => undefined,
  },
  'indices.create': {
    input: (_world, dataset) => ({ dataset, column: 'id', type: 'BTREE' }),
    check: () => undefined,
  },
  'indices.drop': {
    input: (_world, dataset) => ({ dataset, name: 'none' }),
    check: () => undefined,
  },
  'indices.optimize': {
    input: (_world, dataset) => ({ dataset }),
    check: () => undefined,
  },
}
