import type { Cases } from '../case.fixture.ts'

export const versionsCases: Pick<Cases, 'versions.get' | 'versions.restore'> = {
  'versions.get': { input: (_world, dataset) => ({ dataset, version: 1 }), check: () => undefined },
  'versions.restore': { input: (_world, dataset) => ({ dataset, version: 1 }), check: () => undefined },
}
