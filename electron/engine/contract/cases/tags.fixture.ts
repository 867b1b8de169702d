import type { Cases } from '../case.fixture.ts'

export const tagsCases: Pick<Cases, 'tags.list' | 'tags.create' | 'tags.move' | 'tags.delete'> = {
  'tags.list': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'tags.create': { input: (_world, dataset) => ({ dataset, name: 'x' }), check: () => undefined },
  'tags.move': { input: (_world, dataset) => ({ dataset, name: 'x' }), check: () => undefined },
  'tags.delete': { input: (_world, dataset) => ({ dataset, name: 'x' }), check: () => undefined },
}
