import type { Cases } from '../case.fixture.ts'

export const fragmentsCases: Pick<Cases, 'fragments.get' | 'fragments.columns'> = {
  'fragments.get': { input: (_world, dataset) => ({ dataset, id: 0 }), check: () => undefined },
  'fragments.columns': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
}
