import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

export const versionsCases: Pick<Cases, 'versions.get' | 'versions.restore'> = {
  'versions.get': {
    input: (_world, dataset) => ({ dataset, version: 3 }),
    check: ([details]) => {
      expectEqual([details?.entry.version, details?.comparedTo, details?.predicate], [3, 2, 'id = 3'], 'delete')
      expectEqual(details?.fragments, { added: [], removed: [], changed: [0] }, 'fragments')
      expectEqual([details?.files?.deletions.added, details?.files?.data.added], [1, 0], 'files')
      expectEqual(details?.transaction?.source, 'manifest', 'source of the transaction')
    },
  },
  'versions.restore': {
    input: async (world) => ({ dataset: await world.openScratch(), version: 1 }),
    check: ([restored]) => expectThat((restored?.version ?? 0) > 2, 'a new version was made'),
  },
}
