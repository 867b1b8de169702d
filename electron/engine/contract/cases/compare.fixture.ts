import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

export const compareCases: Pick<
  Cases,
  'versions.compare' | 'versions.comparePage' | 'versions.keyCandidates' | 'versions.blame'
> = {
  'versions.compare': {
    input: (_world, dataset) => ({
      from: { dataset, ref: { tag: 'first' } },
      to: { dataset, ref: { version: 3 } },
      rows: { key: ['id'] },
    }),
    check: (items) => {
      const kinds = items.map(({ kind }) => kind).filter((kind) => kind !== 'progress')
      expectEqual(kinds.slice(0, 2), ['summary', 'rows'], 'first items')
      const summary = items.find((item) => item.kind === 'summary')?.summary
      expectEqual([summary?.from.version, summary?.to.version, summary?.isSameDataset], [1, 3, true], 'states')
      const totals = items.find((item) => item.kind === 'rows')?.totals
      expectEqual([totals?.added, totals?.removed, totals?.changed, totals?.unchanged], [500, 1, 0, 499], 'totals')
      expectThat(
        items.some((item) => item.kind === 'added' && item.rows === 500),
        'the added rows come as pages',
      )
    },
  },
  'versions.comparePage': {
    input: async (world, dataset) => {
      const sides = { from: { dataset, ref: { version: 1 } }, to: { dataset, ref: { version: 3 } } }
      for await (const item of world.client().stream('versions.compare', { ...sides, rows: {} })) {
        if (item.kind === 'rows') {
          return { comparison: item.comparison, kind: 'added', offset: 490, limit: 20, columns: ['id', 'name'] }
        }
      }
      throw new Error('no totals came')
    },
    check: ([page]) => {
      expectEqual([page?.kind, page?.offset, page?.rows, page?.columns], ['added', 490, 10, ['id', 'name']], 'page')
      expectThat((page?.arrow.length ?? 0) > 0, 'the page holds rows')
    },
  },
  'versions.keyCandidates': {
    input: (_world, dataset) => ({ from: { dataset, ref: { version: 1 } }, to: { dataset, ref: { version: 3 } } }),
    check: ([candidates]) =>
      expectEqual(
        candidates?.slice(0, 1),
        [
          {
            columns: ['id'],
            isUnique: true,
            duplicates: 0,
            nulls: 0,
            rowsChecked: 1499,
            isComplete: true,
            why: 'named id',
          },
        ],
        'best key',
      ),
  },
  'versions.blame': {
    input: (_world, dataset) => ({ dataset, rowId: String((1n << 32n) + 7n), key: ['id'], column: 'name' }),
    check: ([blame]) => {
      expectEqual(blame?.isComplete, true, 'complete')
      expectEqual(
        blame?.events.map(({ version, kind, cells }) => [version, kind, cells[0]?.after]),
        [[2, 'inserted', 'thing 507']],
        'events',
      )
    },
  },
}
