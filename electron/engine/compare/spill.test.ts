import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { arrow, column, numbered, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { compareAll, textRows } from './compare.fixture.ts'
import { createCompareHandlers } from './index.ts'

/** A bound so small that nearly everything goes to disk. */
const TINY = { recordBytes: 32 * 1024, resultBytes: 12 * 1024 }
const ROWS = 20_000

let engine: TestEngine
let dataset: string

beforeAll(async () => {
  engine = await makeTestEngine()
  const table = await engine.folder.create('large', numbered(ROWS))
  await table.delete('id % 10 = 0')
  await table.update({ where: 'id % 10 = 1', values: { text: 'other' } })
  await table.update({ where: 'true', valuesSql: { text: 'text' } })
  await table.add(numbered(5000, ROWS))
  dataset = await engine.open('large')
})
afterAll(() => engine.remove())

const sides = () => ({ from: { dataset, ref: { version: 1 } }, to: { dataset } })

/** Temporary files of comparisons, whoever made them. */
function spillFiles(): string[] {
  const root = join(engine.context.paths.dataDir, 'compare')
  return existsSync(root)
    ? readdirSync(root, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.spill'))
    : []
}

it('finds the same with its intermediate results on disk, and pages them from there', async () => {
  const roomy = await compareAll(createCompareHandlers(engine.context), { ...sides(), rows: { key: ['id'] } })
  expect(roomy.totals.cost.spilledBytes).toBe(0)
  expect(spillFiles()).toEqual([])
  const comparer = createCompareHandlers(engine.context, TINY)
  const tight = await compareAll(comparer, { ...sides(), rows: { key: ['id'] } })
  expect(tight.totals.cost.spilledBytes).toBeGreaterThan(ROWS * 32)
  const without = ({ cost: _cost, ...totals }: typeof tight.totals) => totals
  expect(without(tight.totals)).toEqual(without(roomy.totals))
  expect(tight.totals).toMatchObject({ added: 5000, removed: 2000, changed: 2000, unchanged: 16_000 })
  expect([tight.added, tight.removed, tight.changed]).toEqual([roomy.added, roomy.removed, roomy.changed])
  expect(spillFiles()).toHaveLength(1)
  const { comparison } = tight
  const page = await comparer['versions.comparePage']({ comparison, kind: 'changed', offset: 1990, limit: 100 }, idle)
  expect(page.rows).toBe(10)
  expect(textRows(page, page.arrow, page.order).map((row) => row['id'])).toEqual(
    roomy.changed.slice(1990).map(({ after }) => after['id']),
  )
})

it('leaves nothing behind when cancelled at any moment', async () => {
  const before = spillFiles().length
  const comparer = createCompareHandlers(engine.context, TINY)
  const outcomes: string[] = []
  for (const delayMs of [0, 5, 10, 20, 30, 40, 60]) {
    const controller = new AbortController()
    const running = (async () => {
      for await (const item of comparer['versions.compare']({ ...sides(), rows: {} }, { signal: controller.signal })) {
        if (item.kind === 'rows') return 'done'
      }
      return 'ended'
    })()
    setTimeout(() => controller.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' })), delayMs)
    outcomes.push(await running.catch((error: unknown) => (error as AppError).code))
  }
  expect(outcomes[0]).toBe('cancelled')
  expect(outcomes.every((outcome) => outcome === 'done' || outcome === 'cancelled')).toBe(true)
  // Those that came to their end are kept, four at most.
  const kept = Math.min(4, outcomes.filter((outcome) => outcome === 'done').length)
  await expect.poll(() => spillFiles().length, { timeout: 2000 }).toBe(before + kept)
})

it('drops what it gathered when the reader stops before the totals', async () => {
  const before = spillFiles().length
  const comparer = createCompareHandlers(engine.context, TINY)
  for await (const item of comparer['versions.compare']({ ...sides(), rows: {} }, idle)) {
    if (item.kind === 'summary') break
  }
  await expect.poll(() => spillFiles().length, { timeout: 2000 }).toBe(before)
})

it('keeps the few comparisons used last and says when one is gone', async () => {
  const comparer = createCompareHandlers(engine.context)
  const names: string[] = []
  for (let index = 0; index < 5; index++) names.push((await compareAll(comparer, sides())).comparison)
  const ask = (comparison: string) =>
    comparer['versions.comparePage']({ comparison, kind: 'added', offset: 0, limit: 1 }, idle)
  await expect(Promise.resolve().then(() => ask(names[0]!))).rejects.toMatchObject({ code: 'comparison-expired' })
  expect((await ask(names[4]!)).rows).toBe(1)
  await expect(
    Promise.resolve().then(() =>
      comparer['versions.comparePage'](
        { comparison: names[4]!, kind: 'added', offset: 0, limit: 1, columns: ['nope'] },
        idle,
      ),
    ),
  ).rejects.toMatchObject({ code: 'unknown-column' })
})

it('removes what dead processes left', () => {
  const left = join(engine.context.paths.dataDir, 'compare', '999999999-00000000')
  mkdirSync(left, { recursive: true })
  writeFileSync(join(left, '0.spill'), 'left')
  createCompareHandlers(engine.context)
  expect(existsSync(left)).toBe(false)
})

it('refuses a key that very many rows share instead of using all memory', async () => {
  const rows = 70_000
  const [same, number] = [1, 2].map((value) => arrow.makeVector(new Int32Array(rows).fill(value)))
  const table = await engine.folder.create('same', tableOf({ same: same!, number: number! }))
  await table.update({ where: 'true', valuesSql: { number: '3' } })
  const handle = await engine.open('same')
  const input = {
    from: { dataset: handle, ref: { version: 1 } },
    to: { dataset: handle },
    rows: { key: ['same'] },
  }
  await expect(compareAll(createCompareHandlers(engine.context, TINY), input)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('same'),
  })
  // With room for them they are paired in the order they are stored, and counted.
  const items = createCompareHandlers(engine.context)['versions.compare'](input, idle)
  for await (const item of items) {
    if (item.kind !== 'rows') continue
    expect(item.totals).toMatchObject({ changed: rows, duplicateKeys: { from: rows, to: rows, examples: ['1'] } })
    break
  }
})

it('compares rows of every type Lance stores, whole or rewritten', async () => {
  const { everyType } = await import('../lance/tables.fixture.ts')
  const table = await engine.folder.create(
    'types',
    tableOf({ key: column(new arrow.Int32(), [1, 2, 3]), ...everyType() }),
  )
  await table.update({ where: 'key > 0', valuesSql: { key: 'key' } })
  await table.update({ where: 'key = 1', values: { utf8: 'changed' } })
  const types = await engine.open('types')
  const comparer = createCompareHandlers(engine.context)
  const of = (from: number, to: number) =>
    compareAll(comparer, {
      from: { dataset: types, ref: { version: from } },
      to: { dataset: types, ref: { version: to } },
      rows: { key: ['key'] },
    })
  const rewritten = await of(1, 2)
  expect(rewritten.totals).toMatchObject({ added: 0, removed: 0, changed: 0, unchanged: 3, notCompared: [] })
  expect(rewritten.totals.cost.rowsRead).toBe(6)
  const changed = await of(1, 3)
  expect(changed.totals).toMatchObject({ changed: 1, changedCells: [{ column: 'utf8', cells: 1 }] })
})
