import type { Cases } from '../case.fixture.ts'

export const compareCases: Pick<
  Cases,
  'versions.compare' | 'versions.comparePage' | 'versions.keyCandidates' | 'versions.blame'
> = {
  'versions.compare': { input: (_world, dataset) => ({ from: { dataset }, to: { dataset } }), check: () => undefined },
  'versions.comparePage': {
    input: () => ({ comparison: 'x', kind: 'added', offset: 0, limit: 10 }),
    check: () => undefined,
  },
  'versions.keyCandidates': {
    input: (_world, dataset) => ({ from: { dataset }, to: { dataset } }),
    check: () => undefined,
  },
  'versions.blame': { input: (_world, dataset) => ({ dataset, rowId: '5' }), check: () => undefined },
}
