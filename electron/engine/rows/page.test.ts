import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, lancedb, numbered, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine
let dataset: string

beforeAll(async () => {
  engine = await makeTestEngine()
  const table = await engine.folder.create('plain', numbered(1000))
  await table.add(numbered(1000, 1000))
  await table.delete('id >= 500 and id < 600')
  dataset = await engine.open('plain')
})
afterAll(() => engine.remove())

const ids = (from: number, to: number): bigint[] =>
  Array.from({ length: to - from }, (_, index) => BigInt(from + index))

describe('a page', () => {
  it('reads any window, skipping deleted rows', async () => {
    const result = await page(engine, { dataset, columns: ['id'], offset: 450, limit: 100 })
    expect(result.total).toBe(1900)
    expect(valuesOf(result, 'id')).toEqual([...ids(450, 500), ...ids(600, 650)])
    expect(result.order).toBeUndefined()
    expect(result.previews).toEqual([])
  })

  it('has all columns unless told, and only row ids when told none', async () => {
    const all = await page(engine, { dataset, limit: 1 })
    const schema = arrow.tableFromIPC(all.arrow[0]).schema
    expect(schema.fields.map((field) => field.name)).toEqual(['id', 'text', '_rowid'])
    const none = await page(engine, { dataset, columns: [], offset: 1899 })
    expect(valuesOf(none, '_rowid')).toEqual([(1n << 32n) + 999n])
  })

  it('is empty beyond the end and at limit 0, with the total', async () => {
    expect(await page(engine, { dataset, offset: 5000 })).toEqual({ total: 1900, arrow: [], previews: [] })
    expect(await page(engine, { dataset, limit: 0 })).toEqual({ total: 1900, arrow: [], previews: [] })
    expect(await page(engine, { dataset, offset: Number.MAX_SAFE_INTEGER })).toMatchObject({ total: 1900, arrow: [] })
  })

  it('filters, sorts and pages in view order', async () => {
    const view = { dataset, filter: 'id % 10 = 0', orderBy: [{ column: 'id', descending: true }] }
    const first = await page(engine, { ...view, columns: ['id'], limit: 3 })
    expect(first.total).toBe(190)
    expect(first.order).toEqual([2, 1, 0])
    expect(valuesOf(first, 'id')).toEqual([1990n, 1980n, 1970n])
    const last = await page(engine, { ...view, columns: ['id'], offset: 188 })
    expect(valuesOf(last, 'id')).toEqual([10n, 0n])
    const blank = await page(engine, { dataset, filter: '  ', limit: 0 })
    expect(blank.total).toBe(1900)
  })

  it('reads older versions as they were', async () => {
    expect((await page(engine, { dataset, ref: { version: 1 } })).total).toBe(1000)
    expect((await page(engine, { dataset, ref: { version: 2 }, filter: 'id = 550' })).total).toBe(1)
    expect((await page(engine, { dataset, filter: 'id = 550' })).total).toBe(0)
    await expect(page(engine, { dataset, ref: { version: 99 } })).rejects.toMatchObject({ code: 'version-not-found' })
  })

  it('reads a branch', async () => {
    const table = await engine.folder.create('forked', numbered(10))
    const branch = await (await table.branches()).create('exp/one')
    await branch.add(numbered(5, 10))
    const forked = await engine.open('forked')
    expect((await page(engine, { dataset: forked })).total).toBe(10)
    const onBranch = await page(engine, { dataset: forked, ref: { branch: 'exp/one' } })
    expect(valuesOf(onBranch, 'id')).toEqual(ids(0, 15))
  })

  it('keeps its order where row ids are stable and no longer addresses', async () => {
    const table = await engine.folder.create('stable', numbered(20), { newTableEnableStableRowIds: 'true' })
    await table.update({ where: 'id = 3', values: { text: 'changed' } })
    await table.update({ where: 'id = 1', values: { text: 'changed' } })
    await table.optimize()
    const stable = await engine.open('stable')
    const result = await page(engine, { dataset: stable, orderBy: [{ column: 'id' }] })
    expect(valuesOf(result, 'id')).toEqual(ids(0, 20))
    expect(valuesOf(result, '_rowid')).toEqual(ids(0, 20))
  })

  it('names an unknown column and what is like it', async () => {
    await expect(page(engine, { dataset, columns: ['txt'] })).rejects.toMatchObject({
      code: 'unknown-column',
      hint: 'Did you mean "text"?',
    })
    await expect(page(engine, { dataset, columns: ['_rowaddr'] })).rejects.toMatchObject({ code: 'unknown-column' })
  })

  it('refuses offsets Lance would wrap', async () => {
    const limits = { timeoutMs: 1000 }
    const { nativeTablesFor } = await import('../lance/index.ts')
    const state = { handle: dataset, location: engine.folder.locate('plain'), branch: undefined, version: 1, stamp: '' }
    const native = await nativeTablesFor(engine.context.paths.dataDir).open(state)
    expect(() => native.page([], { offset: 2 ** 32, limit: 1 }, limits)).toThrowError(/32 bits/)
  })
})

describe('sorting', () => {
  it('puts nulls last unless told, and uses every key', async () => {
    const table = tableOf({
      a: column(new arrow.Int32(), [2, null, 1, 2]),
      b: column(new arrow.Utf8(), ['x', 'y', null, 'a']),
    })
    await engine.folder.create('sorting', table)
    const sorting = await engine.open('sorting')
    const sorted = async (orderBy: NonNullable<Parameters<typeof page>[1]['orderBy']>): Promise<unknown[]> =>
      valuesOf(await page(engine, { dataset: sorting, columns: [], orderBy }), '_rowid').map(Number)
    expect(await sorted([{ column: 'a' }, { column: 'b' }])).toEqual([2, 3, 0, 1])
    expect(
      await sorted([
        { column: 'a', nullsFirst: true },
        { column: 'b', descending: true },
      ]),
    ).toEqual([1, 2, 0, 3])
    expect(await sorted([{ column: 'b', descending: true }])).toEqual([1, 0, 3, 2])
  })

  it('is refused for columns without an order', async () => {
    const vector = column(new arrow.FixedSizeList(2, new arrow.Field('item', new arrow.Float32(), true)), [[1, 2]])
    await engine.folder.create('vectors', tableOf({ vector }))
    const vectors = await engine.open('vectors')
    await expect(page(engine, { dataset: vectors, orderBy: [{ column: 'vector' }] })).rejects.toMatchObject({
      code: 'not-sortable',
    })
    await expect(page(engine, { dataset: vectors, orderBy: [{ column: 'nope' }] })).rejects.toMatchObject({
      code: 'unknown-column',
    })
  })
})

describe('names', () => {
  const names = ['With Space', 'UPPER', 'größe 數據', 'a#b', 'a%20b', 'select', 'say "hi"', "it's", 'x-y', '-', '1']

  it.each(names)('a column called %s can be read, filtered and sorted', async (name) => {
    const table = `c${names.indexOf(name)}`
    await engine.folder.create(table, tableOf({ [name]: column(new arrow.Int32(), [3, 1, 2]) }))
    const handle = await engine.open(table)
    const quoted = `\`${name}\``
    const result = await page(engine, {
      dataset: handle,
      columns: [name],
      filter: `${quoted} > 1`,
      orderBy: [{ column: name }],
    })
    expect(valuesOf(result, name)).toEqual([2, 3])
  })

  it('a column with a backtick never takes the others down', async () => {
    await engine.folder.create(
      'tick',
      tableOf({ 'a`b': column(new arrow.Int32(), [1]), c: column(new arrow.Int32(), [2]) }),
    )
    const tick = await engine.open('tick')
    const result = await page(engine, { dataset: tick, filter: 'c = 2', orderBy: [{ column: 'c' }] })
    expect(arrow.tableFromIPC(result.arrow[0]).schema.fields.map((field) => field.name)).toEqual(['c', '_rowid'])
    await expect(page(engine, { dataset: tick, columns: ['c', 'a`b'] })).rejects.toMatchObject({
      code: 'unsupported-format',
      detail: { column: 'a`b' },
    })
  })

  it.each(['with space', 'données 數據', 'hash#q', 'percent%20', 'no-suffix'])(
    'a directory called %s opens',
    async (name) => {
      const table = await engine.folder.create('tmp', numbered(3))
      table.close()
      const { renameSync } = await import('node:fs')
      const target = join(engine.folder.path, name)
      renameSync(engine.folder.locate('tmp'), target)
      const before = readdirSync(target).toSorted()
      const { handle } = await engine.context.datasets.open(target)
      expect((await page(engine, { dataset: handle, filter: 'id > 0' })).total).toBe(2)
      expect(readdirSync(target).toSorted()).toEqual(before)
    },
  )
})

describe('what it leaves behind', () => {
  it('makes links in its own folder only and clears those of dead processes', async () => {
    const links = join(engine.context.paths.dataDir, 'links')
    expect(readdirSync(links)).toHaveLength(1)
    const own = readdirSync(links)[0]!
    expect(own).toMatch(new RegExp(`^${process.pid}-`))
    const stale = join(links, '999999999-0a0b0c0d')
    mkdirSync(stale)
    symlinkSync(engine.folder.locate('plain'), join(stale, 'd-x.lance'))
    const { NativeTables } = await import('../lance/native-tables.ts')
    const other = new NativeTables(engine.context.paths.dataDir)
    await other.open({ handle: 'h', location: engine.folder.locate('plain'), branch: undefined, version: 1, stamp: '' })
    expect(existsSync(stale)).toBe(false)
    expect(existsSync(join(engine.folder.locate('plain'), '_versions'))).toBe(true)
    await other.close()
    expect(readdirSync(links)).toEqual([own])
  })

  it('reads datasets it may not write', async () => {
    // Permissions do not bind root, so this asserts the stronger fact: reading changes no file and adds none.
    const root = engine.folder.locate('plain')
    const snapshot = (): unknown =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted()
    const before = snapshot()
    await page(engine, { dataset, filter: 'id < 5', orderBy: [{ column: 'text' }] })
    await engine.rows['rows.values']({ dataset, column: 'text', limit: 3 }, idle)
    await engine.rows['rows.validateFilter']({ dataset, filter: 'id = 1' }, idle)
    expect(snapshot()).toEqual(before)
    expect(lancedb).toBeDefined()
  })
})
