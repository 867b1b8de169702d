import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '#shared/contract/index.ts'
import type { MaintenanceResult } from '#shared/model/maintenance.ts'
import { lancedb } from '../../lance/tables.fixture.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import { hostileInside } from '../hostile.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  | 'maintenance.forecast'
  | 'maintenance.compact'
  | 'maintenance.optimizeIndices'
  | 'maintenance.purgeDeletions'
  | 'maintenance.refragment'
  | 'maintenance.deleteRows'
  | 'maintenance.migrateManifests'
  | 'maintenance.copy'

/** A dataset of its own: 30 rows in three fragments of which one has a deleted row, and ten rows no index covers. */
async function make(world: World, storageOptions: Record<string, string> = {}): Promise<string> {
  const name = `maintained-${world.freshName()}`
  const rows = (from: number) => Array.from({ length: 10 }, (_, index) => ({ id: from + index, text: `row ${index}` }))
  const connection = await lancedb.connect(world.folder)
  const table = await connection.createTable(name, rows(0), { storageOptions })
  await table.add(rows(10))
  await table.createIndex('id', { config: lancedb.Index.btree() })
  await table.add(rows(20))
  await table.delete('id = 3')
  connection.close()
  const location = join(world.folder, `${name}.lance`)
  return (await world.client().call('datasets.open', { location })).dataset
}

function resultOf(events: readonly Output<'maintenance.compact'>[]): MaintenanceResult {
  const last = events.at(-1)
  if (last?.kind !== 'done') throw new Error('the job did not end with a result')
  return last.result
}

export const maintenanceCases: Pick<Cases, Names> = {
  'maintenance.forecast': {
    input: async (world) => ({ dataset: await make(world), operation: { kind: 'compact' } }),
    check: ([forecast]) => {
      expectEqual([forecast?.kind, forecast?.nothingToDo, forecast?.rows], ['compact', false, 19], 'forecast')
      expectThat((forecast?.bytesWrittenAtMost ?? 0) > 0, 'it tells the bytes')
    },
  },
  'maintenance.compact': {
    input: async (world) => ({ dataset: await make(world) }),
    check: (events) => {
      const { before, after, tries } = resultOf(events)
      expectEqual([before.fragments, after.fragments, before.rows, after.rows, tries], [3, 2, 29, 29, 1], 'figures')
    },
  },
  'maintenance.optimizeIndices': {
    input: async (world) => ({ dataset: await make(world) }),
    check: (events) => {
      const { before, after } = resultOf(events)
      expectEqual([before.rows, after.rows], [29, 29], 'rows')
      expectThat(after.version > before.version, 'there is a new version')
    },
  },
  'maintenance.purgeDeletions': {
    input: async (world) => ({ dataset: await make(world), fragments: [0] }),
    check: (events) => {
      const { before, after } = resultOf(events)
      expectEqual([before.deletedRows, after.deletedRows, after.rows, after.fragments], [1, 0, 29, 3], 'figures')
    },
  },
  'maintenance.refragment': {
    input: async (world) => ({ dataset: await make(world), rowsPerFragment: 15 }),
    check: (events) => {
      const { after } = resultOf(events)
      expectEqual([after.rows, after.fragments, after.deletedRows], [29, 2, 0], 'figures')
    },
  },
  'maintenance.deleteRows': {
    // Two rows of the first fragment and one of the second, once named twice; row 3 is deleted already.
    input: async (world) => ({
      dataset: await make(world),
      rows: { version: 5, ids: ['0', '4', '4294967299', '4', '3'] },
    }),
    hostile: (good) => {
      const rows = good.rows ?? { version: 5, ids: [] }
      const ids = [
        ['-1'],
        ['1.5'],
        ['0x10'],
        ['1) or true --'],
        ['18446744073709551616'],
        Array<string>(100_001).fill('1'),
      ]
      return [
        ...hostileInside(good, 'rows'),
        { what: 'rows and a filter', input: { ...good, filter: 'true' } },
        { what: 'a version to come', input: { ...good, rows: { ...rows, version: 1_000_000 } } },
        ...ids.map((wrong) => ({
          what: `${wrong.length} ids ${wrong[0]}`,
          input: { ...good, rows: { ...rows, ids: wrong } },
        })),
      ]
    },
    check: (events) => {
      const { rowsDeleted, before, after, notes } = resultOf(events)
      expectEqual([rowsDeleted, before.rows, after.rows], [3, 29, 26], 'rows')
      expectThat(
        notes[0]?.message.startsWith('1 chosen row of 4 is not there any more') === true,
        'it says what is gone',
      )
    },
  },
  'maintenance.migrateManifests': {
    input: async (world) => ({ dataset: await make(world, { newTableEnableV2ManifestPaths: 'false' }) }),
    check: (events) => {
      const { before, after, notes } = resultOf(events)
      expectEqual([before.version, after.version, after.versions], [5, 5, 5], 'versions')
      expectEqual(notes[0]?.message, '5 manifests renamed.', 'note')
    },
  },
  'maintenance.copy': {
    input: async (world) => {
      const to = join(world.folder, `copy-${world.freshName()}.lance`)
      await rm(to, { recursive: true, force: true })
      return { dataset: await make(world), to, rowsPerFragment: 12 }
    },
    check: (events, world) => {
      const { to, before } = resultOf(events)
      expectThat(to?.startsWith(join(world.folder, 'copy-')) === true, 'it says where the copy is')
      expectEqual(before.rows, 29, 'rows')
    },
  },
}
