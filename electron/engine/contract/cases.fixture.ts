import { expectEqual, expectThat, type Cases } from './case.fixture.ts'
import { checkpointsCases } from './cases/checkpoints.fixture.ts'
import { trashCases } from './cases/trash.fixture.ts'
import { versionsCases } from './cases/versions.fixture.ts'
import { tagsCases } from './cases/tags.fixture.ts'
import { branchesCases } from './cases/branches.fixture.ts'
import { compareCases } from './cases/compare.fixture.ts'
import { embeddersCases } from './cases/embedders.fixture.ts'
import { embedCases } from './cases/embed.fixture.ts'
import { fragmentsCases } from './cases/fragments.fixture.ts'
import { jobsCases } from './cases/jobs.fixture.ts'
import { ledgerCases } from './cases/ledger.fixture.ts'
import { relevanceCases } from './cases/relevance.fixture.ts'
import { searchCases } from './cases/search.fixture.ts'
import { importsCases } from './cases/imports.fixture.ts'
import { indicesCases } from './cases/indices.fixture.ts'
import { doctorCases } from './cases/doctor.fixture.ts'
import { maintenanceCases } from './cases/maintenance.fixture.ts'
import { cleaningCases } from './cases/cleaning.fixture.ts'
import { streamsCases } from './cases/streams.fixture.ts'
import { storageCases } from './cases/storage.fixture.ts'
import { uploadsCases } from './cases/uploads.fixture.ts'

const nothing = (results: readonly unknown[]): void => expectEqual(results, [{}], 'result')
const cell = (dataset: string, column: string) => ({ dataset, rowId: '5', column })

export const cases: Cases = {
  ...checkpointsCases,
  ...trashCases,
  ...versionsCases,
  ...tagsCases,
  ...branchesCases,
  ...compareCases,
  ...fragmentsCases,
  ...storageCases,
  ...jobsCases,
  ...ledgerCases,
  ...searchCases,
  ...indicesCases,
  ...cleaningCases,
  ...doctorCases,
  ...maintenanceCases,
  ...relevanceCases,
  ...embeddersCases,
  ...uploadsCases,
  ...importsCases,
  ...embedCases,
  ...streamsCases,
  'app.info': {
    input: () => ({}),
    check: ([info], world) => {
      expectEqual(info?.enginePid, world.supervisor.process()?.pid, 'engine pid')
      expectThat(info?.lancedb.startsWith('0.') === true, 'lancedb version is known')
    },
  },
  'settings.set': { input: () => ({ key: 'theme', value: 'dark' }), check: nothing },
  'settings.get': {
    input: async (world) => {
      await world.client().call('settings.set', { key: 'columns:abc', value: { widths: { a: 1 } } })
      return { key: 'columns:abc' }
    },
    check: (results) => expectEqual(results, [{ value: { widths: { a: 1 } } }], 'setting'),
  },
  'files.roots': { input: () => ({}), check: ([roots]) => expectThat((roots?.length ?? 0) > 0, 'there is a root') },
  'files.list': {
    input: (world) => ({ directory: world.folder }),
    check: ([listing]) =>
      expectThat(
        listing?.entries.some((entry) => entry.name === 'things.lance' && entry.kind === 'dataset') === true,
        'the dataset is listed as one',
      ),
  },
  'files.complete': {
    input: (world) => ({ text: `${world.folder}/thi` }),
    check: ([entries], world) =>
      expectEqual(
        entries?.map((entry) => entry.path),
        [world.location],
        'completion',
      ),
  },
  'datasets.find': {
    input: (world) => ({ location: world.folder }),
    check: (items, world) => {
      const found = items.filter((item) => item.kind === 'dataset')
      expectThat(
        found.some((item) => item.location === world.location && item.rows === 999 && item.version === 3),
        'the dataset is found with its rows and version',
      )
      expectEqual(items.at(-1)?.kind, 'end', 'last item')
    },
  },
  'datasets.open': {
    input: (world) => ({ location: world.location }),
    check: ([opened]) => expectEqual([opened?.rows, opened?.columns, opened?.version], [999, 4, 3], 'summary'),
  },
  'datasets.close': { input: (_world, dataset) => ({ dataset }), check: nothing },
  'datasets.summary': {
    input: (_world, dataset) => ({ dataset, ref: { version: 1 } }),
    check: ([summary]) =>
      expectEqual([summary?.rows, summary?.version, summary?.latestVersion], [500, 1, 3], 'summary'),
  },
  'datasets.watch': {
    input: (_world, dataset) => ({ dataset }),
    enough: 1,
    check: ([event]) => expectEqual(event?.latestVersion, 3, 'latest version'),
  },
  'rows.page': {
    input: (_world, dataset) => ({
      dataset,
      ref: { version: 3 },
      columns: ['id', 'vector'],
      filter: 'id >= 10',
      orderBy: [{ column: 'id', descending: true }],
      offset: 5,
      limit: 20,
    }),
    check: ([page]) => {
      expectEqual(page?.total, 990, 'total')
      expectThat(
        (page?.arrow.length ?? 0) > 0 && page?.arrow.every((part) => part instanceof Uint8Array) === true,
        'bytes',
      )
    },
  },
  'rows.prepare': {
    input: (_world, dataset) => ({ dataset, filter: 'id < 100', orderBy: [{ column: 'name' }] }),
    check: (events) => {
      const last = events.at(-1)
      expectEqual(last?.kind === 'ready' ? last.total : undefined, 99, 'rows ready')
    },
  },
  'rows.count': {
    input: (_world, dataset) => ({ dataset, filter: 'name is null' }),
    check: (results) => expectEqual(results, [{ count: 143 }], 'count'),
  },
  'rows.validateFilter': {
    input: (_world, dataset) => ({ dataset, filter: 'nope = 1' }),
    check: ([verdict]) => expectEqual(verdict?.valid, false, 'verdict'),
  },
  'rows.values': {
    input: (_world, dataset) => ({ dataset, column: 'name', limit: 5 }),
    check: ([answer]) =>
      expectThat((answer?.values.length ?? 0) === 5 && answer?.complete === false, 'five of many values'),
  },
  'cells.get': {
    input: (_world, dataset) => cell(dataset, 'name'),
    check: ([value]) => expectEqual(value?.kind, 'arrow', 'kind'),
  },
  'cells.describe': {
    input: (_world, dataset) => cell(dataset, 'picture'),
    check: ([bytes]) => expectEqual([bytes?.size, bytes?.mediaType], [5, 'image/png'], 'size and type'),
  },
  'cells.read': {
    input: async (world, dataset) => {
      const { id } = await world.client().call('cells.describe', cell(dataset, 'picture'))
      return { cell: id, start: 1, length: 3 }
    },
    check: ([range]) => expectEqual([...(range?.bytes ?? [])], [0x50, 0x4e, 0x47], 'bytes'),
  },
  'versions.list': {
    input: (_world, dataset) => ({ dataset }),
    check: (entries) => {
      expectEqual(
        entries.map((entry) => entry.version),
        [3, 2, 1],
        'versions',
      )
      expectEqual(
        entries.map((entry) => entry.operation),
        ['delete', 'append', 'overwrite'],
        'operations',
      )
      expectEqual(
        entries.map((entry) => entry.rowsDelta),
        [-1, 500, null],
        'row deltas',
      )
      expectEqual(entries[2]?.tags, ['first'], 'tags')
    },
  },
  'versions.refs': {
    input: (_world, dataset) => ({ dataset }),
    check: ([refs]) =>
      expectEqual(
        refs?.tags.map((tag) => [tag.name, tag.version]),
        [['first', 1]],
        'tags',
      ),
  },
  'fragments.list': {
    input: (_world, dataset) => ({ dataset }),
    check: ([list]) =>
      expectEqual(
        list?.map((fragment) => [fragment.physicalRows, fragment.deletedRows, fragment.liveRows]),
        [
          [500, 1, 499],
          [500, 0, 500],
        ],
        'fragments',
      ),
  },
  'sample.ensure': {
    input: () => ({}),
    check: ([sample]) => expectThat(sample?.location.endsWith('.lance') === true, 'the sample has a location'),
  },
  'sample.rebuild': {
    input: () => ({}),
    check: ([sample]) => expectThat(sample?.location.endsWith('.lance') === true, 'the sample has a location'),
  },
  'sample.remove': {
    input: async (world) => {
      await world.client().call('sample.ensure', {})
      return {}
    },
    check: (results) => expectEqual(results, [{ removed: true }], 'removed'),
  },
}
