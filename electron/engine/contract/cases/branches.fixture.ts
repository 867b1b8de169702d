import type { Cases } from '../case.fixture.ts'

export const branchesCases: Pick<Cases, 'branches.list' | 'branches.create' | 'branches.delete'> = {
  'branches.list': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'branches.create': { input: (_world, dataset) => ({ dataset, name: 'x' }), check: () => undefined },
  'branches.delete': { input: (_world, dataset) => ({ dataset, name: 'x' }), check: () => undefined },
}
