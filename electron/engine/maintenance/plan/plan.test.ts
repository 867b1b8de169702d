import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MaintenancePlan } from '#shared/model/maintenance.ts'
import { readLedger } from '../../ledger/index.ts'
import { lancedb, numbered } from '../../lance/tables.fixture.ts'
import { idle, makeCleaningBench, type CleaningBench } from '../cleanup/cleaning.fixture.ts'
import { startIdleRuns } from './idle.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let bench: CleaningBench
beforeAll(async () => {
  bench = await makeCleaningBench()
})
afterAll(() => bench.remove())

/** Six fragments, of the first a tenth deleted, half of the rows in an index; eight versions. */
async function make(name: string) {
  const table = await bench.folder.create(name, numbered(20))
  for (let part = 1; part < 3; part++) await table.add(numbered(20, part * 20))
  await table.createIndex('id', { config: lancedb.Index.btree() })
  for (let part = 3; part < 6; part++) await table.add(numbered(20, part * 20))
  await table.delete('id < 12')
  const dataset = await bench.context.datasets.open(bench.folder.locate(name))
  return { table, dataset, handle: dataset.handle }
}

const set = (dataset: string, plan: MaintenancePlan | null) =>
  bench.handlers['maintenance.plan.set']({ dataset, plan }, idle)
const get = (dataset: string) => bench.handlers['maintenance.plan.get']({ dataset }, idle)

async function run(dataset: string) {
  const events = []
  for await (const event of bench.handlers['maintenance.plan.run']({ dataset }, idle)) events.push(event)
  const last = events.at(-1)
  return last?.kind === 'done' ? last.results.map(({ kind }) => kind) : undefined
}

const WHOLE: MaintenancePlan = {
  purgeDeletions: { deletedPercentAbove: 5 },
  compact: { smallFragmentsAbove: 2 },
  optimizeIndices: { coveragePercentBelow: 95 },
  cleanup: { keepLast: 2 },
  whenIdle: false,
}

describe('a plan', () => {
  it('says what is due and why, in the order it would run', async () => {
    const { handle } = await make('due')
    expect(await get(handle)).toEqual({ plan: null, steps: [] })
    const { steps } = await set(handle, WHOLE)
    expect(steps.map(({ operation, isDue, reason }) => [operation.kind, isDue, reason])).toEqual([
      ['purge-deletions', true, '10 % of the stored rows are deleted, more than 5 %.'],
      ['compact', true, expect.stringMatching(/^\d small fragments can be merged, more than 2\.$/)],
      ['optimize-indices', true, expect.stringMatching(/^Index id_idx covers \d+ % of the rows, less than 95 %\.$/)],
      ['cleanup', true, expect.stringMatching(/^6 versions before the last 2 can go, which frees .+\.$/)],
    ])
    expect((await get(handle)).plan).toEqual(WHOLE)
    expect(await set(handle, null)).toEqual({ plan: null, steps: [] })
    expect((await get(handle)).plan).toBeNull()
    await expect(run(handle)).rejects.toMatchObject({ code: 'not-found' })
    await expect(set(handle, { cleanup: {}, whenIdle: false })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('keeps versions that are young or among the last, when both are asked for', async () => {
    const { handle } = await make('both')
    const { steps } = await set(handle, { cleanup: { keepDays: 14, keepLast: 2 }, whenIdle: false })
    expect(steps).toMatchObject([{ isDue: false, operation: { kind: 'cleanup' } }])
    const all = await set(handle, { cleanup: { keepDays: 0, keepLast: 3 }, whenIdle: false })
    expect(all.steps[0]?.reason).toContain('5 versions older than 0 days and before the last 3')
  })

  it('runs what is due as jobs, and then nothing is', async () => {
    const { table, handle, dataset } = await make('run')
    await set(handle, WHOLE)
    const kinds = await run(handle)
    expect(kinds?.[0]).toBe('purge-deletions')
    expect(kinds?.at(-1)).toBe('cleanup')
    const { steps, lastRunAt } = await get(handle)
    expect(steps.filter(({ isDue }) => isDue)).toEqual([])
    expect(lastRunAt).toBeDefined()
    await table.checkoutLatest()
    expect(await table.countRows()).toBe(108)
    const { entries } = await readLedger(bench.context, dataset)
    expect(entries.map(({ who }) => who.by)).toEqual(kinds?.map(() => 'person'))
  })

  it('that cannot be understood is none', async () => {
    const { handle } = await make('odd')
    await set(handle, WHOLE)
    writeFileSync(
      join(bench.context.paths.dataDir, 'plans', `${handle}.json`),
      '{"format":1,"plan":{"whenIdle":"yes"}}',
    )
    expect((await get(handle)).plan).toBeNull()
  })
})

describe('plans when idle', () => {
  it('run only when nobody asks, only where a person said so, and as the policy', async () => {
    const wanted = await make('wanted')
    const unwanted = await make('unwanted')
    await set(wanted.handle, { cleanup: { keepLast: 1 }, whenIdle: true })
    await set(unwanted.handle, { cleanup: { keepLast: 1 }, whenIdle: false })
    let nowMs = Date.now()
    const runs = startIdleRuns(bench.context, { nowMs: () => nowMs })
    const versions = async (it: typeof wanted) => (await it.table.listVersions()).length
    try {
      nowMs += 4 * MINUTE
      await runs.look()
      expect(await versions(wanted)).toBe(8)
      nowMs += 2 * MINUTE
      runs.touch()
      await runs.look()
      expect(await versions(wanted)).toBe(8)
      nowMs += 5 * MINUTE
      await runs.look()
      expect([await versions(wanted), await versions(unwanted)]).toEqual([1, 8])
      const { entries } = await readLedger(bench.context, wanted.dataset)
      expect(entries).toMatchObject([{ operation: 'maintenance.cleanup', outcome: 'done', who: { by: 'policy' } }])
    } finally {
      runs.stop()
    }
  })

  it('that fail are not tried again before a day is over', async () => {
    const { table, handle, dataset } = await make('failing')
    await set(handle, { cleanup: { keepLast: 1 }, whenIdle: true })
    const lines: string[] = []
    let nowMs = Date.now()
    const runs = startIdleRuns({ ...bench.context, log: (line) => void lines.push(line) }, { nowMs: () => nowMs })
    const damaged = join(dataset.location, '_refs/tags/broken.json')
    await (await table.tags()).create('broken', 1)
    writeFileSync(damaged, 'no tag')
    const failures = () => lines.filter((line) => line.includes('did not run') && line.includes('failing')).length
    try {
      nowMs += 10 * MINUTE
      await runs.look()
      expect(failures()).toBe(1)
      await rm(damaged)
      nowMs += 10 * MINUTE
      await runs.look()
      expect([failures(), (await table.listVersions()).length]).toEqual([1, 8])
      nowMs += DAY
      await runs.look()
      expect((await table.listVersions()).length).toBe(1)
    } finally {
      runs.stop()
    }
  })
})
