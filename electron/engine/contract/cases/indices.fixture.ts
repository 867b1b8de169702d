import { expectEqual, type Cases } from '../case.fixture.ts'

export const indicesCases: Pick<Cases, 'indices.list'> = {
  'indices.list': {
    input: (_world, dataset) => ({ dataset, ref: { version: 1 } }),
    check: (results) => expectEqual(results, [[]], 'no indices'),
  },
}
