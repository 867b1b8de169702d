import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lancedb } from '../../lance/tables.fixture.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  | 'maintenance.cleanup'
  | 'maintenance.leftovers'
  | 'maintenance.removeLeftovers'
  | 'maintenance.plan.get'
  | 'maintenance.plan.set'
  | 'maintenance.plan.run'

const LEFTOVER = 'data/000000000000000000000000abcdefabcdefabcdefabcdefab.lance'
const PLAN = { cleanup: { keepLast: 1 }, compact: { smallFragmentsAbove: 1 }, whenIdle: false } as const

/** A dataset of its own: four versions of which the first is tagged, the newest written over the others, and a leftover. */
async function make(world: World): Promise<string> {
  const name = `cleaned-${world.freshName()}`
  const connection = await lancedb.connect(world.folder)
  const table = await connection.createTable(name, [{ id: 1 }])
  await (await table.tags()).create('first', 1)
  await table.add([{ id: 2 }])
  await table.add([{ id: 3 }])
  await table.add([{ id: 4 }], { mode: 'overwrite' })
  connection.close()
  const location = join(world.folder, `${name}.lance`)
  mkdirSync(join(location, 'data'), { recursive: true })
  writeFileSync(join(location, LEFTOVER), 'left')
  const old = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000)
  utimesSync(join(location, LEFTOVER), old, old)
  return (await world.client().call('datasets.open', { location })).dataset
}

async function makePlanned(world: World): Promise<{ readonly dataset: string }> {
  const dataset = await make(world)
  await world.client().call('maintenance.plan.set', { dataset, plan: PLAN })
  return { dataset }
}

export const cleaningCases: Pick<Cases, Names> = {
  'maintenance.cleanup': {
    input: async (world) => ({ dataset: await make(world), keepLast: 1 }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the job did not end with a result')
      const { before, after, bytesFreed, versionBefore, versionAfter } = last.result
      expectEqual([before.versions, after.versions], [4, 2], 'the newest and the tagged version stay')
      expectEqual(before.totalBytes - after.totalBytes, bytesFreed, 'bytes')
      expectEqual(versionBefore, versionAfter, 'no version is made')
    },
  },
  'maintenance.leftovers': {
    input: async (world) => ({ dataset: await make(world) }),
    check: ([leftovers]) =>
      expectEqual(
        leftovers?.map(({ path, bytes, why, isRecent }) => [path, bytes, why, isRecent]),
        [[LEFTOVER, 4, 'abandoned', false]],
        'leftovers',
      ),
  },
  'maintenance.removeLeftovers': {
    input: async (world) => ({ dataset: await make(world), paths: [LEFTOVER] }),
    check: (results) => expectEqual(results, [{ files: 1, bytes: 4 }], 'removed'),
  },
  'maintenance.plan.get': {
    input: makePlanned,
    check: ([state]) => {
      expectEqual(state?.plan?.cleanup, { keepLast: 1 }, 'plan')
      expectEqual(
        state?.steps.map(({ operation, isDue }) => [operation.kind, isDue]),
        [
          ['compact', false],
          ['cleanup', true],
        ],
        'steps',
      )
    },
  },
  'maintenance.plan.set': {
    input: async (world) => ({ dataset: await make(world), plan: PLAN }),
    check: ([state]) => expectThat(state?.steps[1]?.reason.includes('2 versions') === true, 'it says why it is due'),
  },
  'maintenance.plan.run': {
    input: makePlanned,
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the plan did not end with its results')
      expectEqual(
        last.results.map(({ kind }) => kind),
        ['cleanup'],
        'what ran',
      )
    },
  },
}
