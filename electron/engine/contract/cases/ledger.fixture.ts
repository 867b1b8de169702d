import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Operations = 'ledger.list' | 'undo.list' | 'undo.undo' | 'undo.redo'

/** Restores version 1 of the scratch dataset; the item to undo that. */
async function write(world: World) {
  const dataset = await world.openScratch()
  await world.client().call('versions.restore', { dataset, version: 1 })
  const [item] = await world.client().call('undo.list', { dataset, limit: 1 })
  if (item === undefined) throw new Error('the restore is not in the list')
  return { dataset, entry: item.entry.id, newest: item.newest }
}

export const ledgerCases: Pick<Cases, Operations> = {
  'ledger.list': {
    input: async (world) => ({ dataset: (await write(world)).dataset, limit: 1 }),
    check: ([ledger]) => {
      const [entry] = ledger?.entries ?? []
      expectEqual([entry?.operation, entry?.outcome], ['versions.restore', 'done'], 'newest entry')
      expectEqual(entry?.versionAfter, (entry?.versionBefore ?? 0) + 1, 'versions')
    },
  },
  'undo.list': {
    input: async (world) => ({ dataset: (await write(world)).dataset, limit: 2 }),
    check: ([items]) => {
      expectEqual([items?.[0]?.kind, items?.[0]?.later, items?.[0]?.problem], ['undo', [], undefined], 'newest item')
    },
  },
  'undo.undo': {
    input: write,
    check: ([undone]) => {
      expectEqual([undone?.entry.operation, undone?.entry.outcome], ['undo.undo', 'done'], 'entry')
      expectThat(undone?.version === undone?.entry.versionAfter, 'its version is told')
    },
  },
  'undo.redo': {
    input: async (world) => {
      const { dataset, entry, newest } = await write(world)
      const { version } = await world.client().call('undo.undo', { dataset, entry, newest })
      return { dataset, entry, newest: version }
    },
    check: ([redone]) => expectEqual([redone?.entry.operation, redone?.entry.outcome], ['undo.redo', 'done'], 'entry'),
  },
}
