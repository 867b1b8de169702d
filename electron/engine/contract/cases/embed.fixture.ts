import { join } from 'node:path'
import { lancedb } from '../../lance/tables.fixture.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'embed.forecast' | 'embed.column' | 'embed.swap' | 'embed.discard'

/** A dataset of its own: two rows with text and one without, a vector column, and its shadow. */
async function make(world: World): Promise<string> {
  const name = `embedding-${world.freshName()}`
  const connection = await lancedb.connect(world.folder)
  const table = await connection.createTable(name, [
    { text: 'running shoes', vector: [1, 2] },
    { text: '', vector: [3, 4] },
    { text: 'a blue coat', vector: [5, 6] },
  ])
  await table.addColumns([{ name: 'shadow', valueSql: "arrow_cast([1.0, 2.0, 3.0], 'FixedSizeList(3, Float32)')" }])
  connection.close()
  const location = join(world.folder, `${name}.lance`)
  return (await world.client().call('datasets.open', { location })).dataset
}

const columns = { source: 'text', target: 'made', embedder: 'built-in' }

export const embedCases: Pick<Cases, Names> = {
  'embed.forecast': {
    input: async (world) => ({ dataset: await make(world), ...columns }),
    check: ([forecast]) => {
      expectEqual([forecast?.rows, forecast?.rowsDone, forecast?.texts], [3, 0, 2], 'rows and texts')
      expectEqual([forecast?.isRemote, forecast?.requests, forecast?.dimension], [false, 0, 384], 'embedder')
    },
  },
  'embed.column': {
    input: async (world) => ({ dataset: await make(world), ...columns }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the job did not end with a result')
      expectEqual([last.result.rowsEmbedded, last.result.rowsEmpty, last.result.rowsLeft], [2, 1, 0], 'rows')
      expectThat(last.result.versionAfter > last.result.versionBefore, 'there is a new version')
    },
  },
  'embed.swap': {
    input: async (world) => ({ dataset: await make(world), column: 'vector', shadow: 'shadow', keepAs: 'before' }),
    check: ([swap]) =>
      expectEqual([swap?.versionAfter, swap?.kept], [(swap?.versionBefore ?? 0) + 1, 'before'], 'swap'),
  },
  'embed.discard': {
    input: async (world) => ({ dataset: await make(world), column: 'shadow' }),
    check: ([done]) => expectEqual(done?.versionAfter, (done?.versionBefore ?? 0) + 1, 'version'),
  },
}
