import { join } from 'node:path'
import { lancedb } from '../../lance/tables.fixture.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  | 'embedders.list'
  | 'embedders.save'
  | 'embedders.remove'
  | 'embedders.embed'
  | 'embedders.columns'
  | 'embedders.assign'

const ENDPOINT = { title: 'Nobody', url: 'http://127.0.0.1:9/v1/', model: 'none' }

/** A dataset of its own with vectors as long as the built-in ones. */
async function makeVectors(world: World): Promise<string> {
  const connection = await lancedb.connect(world.folder)
  const rows = [{ text: 'a', vector: Array.from({ length: 384 }, () => 0.5) }]
  await connection.createTable('embedded', rows, { mode: 'overwrite' })
  const location = join(world.folder, 'embedded.lance')
  return (await world.client().call('datasets.open', { location })).dataset
}

export const embeddersCases: Pick<Cases, Names> = {
  'embedders.list': {
    input: () => ({}),
    check: ([list]) => expectEqual([list?.[0]?.id, list?.[0]?.dimension], ['built-in', 384], 'built-in'),
  },
  'embedders.save': {
    input: () => ({ id: 'nobody', ...ENDPOINT, apiKeyVariable: 'NO_SUCH_KEY' }),
    check: ([info]) => {
      expectEqual([info?.url, info?.dimension, info?.isRemote], ['http://127.0.0.1:9/v1', null, false], 'endpoint')
      expectEqual(info?.hasKey, false, 'has a key')
    },
  },
  'embedders.remove': {
    input: async (world) => {
      await world.client().call('embedders.save', { id: 'goes', ...ENDPOINT })
      return { id: 'goes' }
    },
    check: (results) => expectEqual(results, [{}], 'result'),
  },
  'embedders.embed': {
    input: () => ({ embedder: 'built-in', texts: ['running shoes', 'shoe'] }),
    check: ([answer]) => {
      expectEqual([answer?.vectors.length, answer?.dimension], [2, 384], 'vectors')
      expectThat((answer?.elapsedMs ?? -1) >= 0, 'it took time')
    },
  },
  'embedders.columns': {
    input: (_world, dataset) => ({ dataset }),
    check: (results) => expectEqual(results, [[{ column: 'vector', dimension: 3 }]], 'columns'),
  },
  'embedders.assign': {
    input: async (world) => ({
      dataset: await makeVectors(world),
      column: 'vector',
      embedder: 'built-in',
      sourceColumn: 'text',
    }),
    check: ([result]) => expectEqual(result?.versionAfter, (result?.versionBefore ?? 0) + 1, 'version'),
  },
}
