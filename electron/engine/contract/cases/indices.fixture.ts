import { join } from 'node:path'
import { lancedb } from '../../lance/tables.fixture.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  'indices.list' | 'indices.partitions' | 'indices.propose' | 'indices.create' | 'indices.drop' | 'indices.optimize'

/** Builds an index on the dataset writes may change; resolves when the job is done. */
async function build(world: World, name: string): Promise<{ readonly dataset: string; readonly name: string }> {
  const dataset = await world.openScratch()
  const input = { dataset, column: 'id', type: 'BTREE', name, replace: true } as const
  for await (const event of world.client().stream('indices.create', input)) {
    if (event.kind === 'done') return { dataset, name }
  }
  throw new Error('the job never ended')
}

/** A dataset of its own with an index in partitions, so that the versions of the others stay as they are. */
async function makePartitions(world: World): Promise<{ readonly dataset: string; readonly name: string }> {
  const rows = Array.from({ length: 300 }, (_, row) => ({ vector: [row, -row, row / 2, 1] }))
  const connection = await lancedb.connect(world.folder)
  const table = await connection.createTable('partitions', rows, { mode: 'overwrite' })
  await table.createIndex('vector', { config: lancedb.Index.ivfFlat({ numPartitions: 2 }), name: 'by_vector' })
  const location = join(world.folder, 'partitions.lance')
  return { dataset: (await world.client().call('datasets.open', { location })).dataset, name: 'by_vector' }
}

export const indicesCases: Pick<Cases, Names> = {
  'indices.list': {
    input: (_world, dataset) => ({ dataset, ref: { version: 1 } }),
    check: (results) => expectEqual(results, [[]], 'no indices'),
  },
  'indices.partitions': {
    input: makePartitions,
    check: ([result]) => {
      const sizes = result?.segments[0]?.sizes ?? []
      expectEqual([sizes.length, sizes.reduce((sum, size) => sum + size, 0)], [2, 300], 'partitions and rows')
    },
  },
  'indices.propose': {
    input: (_world, dataset) => ({ dataset, column: 'id' }),
    check: ([result]) => {
      expectEqual(result?.rows, 999, 'rows')
      expectEqual(result?.proposals[0]?.type, 'BTREE', 'best')
      expectThat(result?.proposals[0]?.recommended === true, 'it is recommended')
    },
  },
  'indices.create': {
    input: async (world) => ({
      dataset: await world.openScratch(),
      column: 'id',
      type: 'BTREE',
      name: 'made',
      replace: true,
    }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the job did not end with a result')
      expectEqual([last.result.index.name, last.result.index.type], ['made', 'BTREE'], 'index')
      expectEqual(last.result.index.unindexedRows, 0, 'rows outside')
      expectThat(last.result.versionAfter > last.result.versionBefore, 'there is a new version')
    },
  },
  'indices.drop': {
    input: (world) => build(world, world.freshName()),
    check: ([result]) => {
      expectEqual(result?.dropped.type, 'BTREE', 'type')
      expectEqual(result?.versionAfter, (result?.versionBefore ?? 0) + 1, 'version')
    },
  },
  'indices.optimize': {
    input: async (world) => ({ dataset: (await build(world, 'kept')).dataset }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the job did not end with a result')
      expectThat(
        last.result.indices.every(({ unindexedAfter }) => unindexedAfter === 0),
        'every row is covered',
      )
    },
  },
}
