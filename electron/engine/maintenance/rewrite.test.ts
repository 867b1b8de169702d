import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, everyType, lancedb, numbered, tableOf, type Columns } from '../lance/tables.fixture.ts'
import { openTable, readIds } from '../versions/writing.fixture.ts'
import { contentOf, fragmentsOf, makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

const STABLE = { newTableEnableStableRowIds: 'true' }

async function makeFragments(name: string, sizes: readonly number[], options: Record<string, string> = {}) {
  const [first = 0, ...more] = sizes
  const table = await bench.folder.create(name, numbered(first), options)
  let from = first
  for (const size of more) {
    await table.add(numbered(size, from))
    from += size
  }
  return { table, dataset: await bench.open(name), location: bench.folder.locate(name) }
}

async function orderOf(location: string): Promise<readonly number[]> {
  const table = await openTable(location)
  return ((await table.query().select(['id']).toArray()) as { id: bigint }[]).map(({ id }) => Number(id))
}

describe('maintenance.refragment', () => {
  it('cuts rows anew in their order, with deleted rows in between, ids stable or not', async () => {
    for (const options of [{}, STABLE]) {
      const name = `cut${Object.keys(options).length}`
      const { table, dataset, location } = await makeFragments(name, [10, 7, 100, 1], options)
      await table.delete('id % 5 = 2')
      const [content, order] = [await contentOf(location), await orderOf(location)]
      const operation = { kind: 'refragment', rowsPerFragment: 20 } as const
      const foretold = await bench.forecast(dataset, operation)
      expect(foretold).toMatchObject({ nothingToDo: false, rows: 94 })
      const result = await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 20 })
      expect(await fragmentsOf(location)).toEqual([20, 20, 20, 20, 14])
      expect(await orderOf(location)).toEqual(order)
      expect(await contentOf(location)).toBe(content)
      expect(await contentOf(location, result.versionBefore)).toBe(content)
      expect([result.after.rows, result.after.deletedRows, result.tries]).toEqual([94, 0, 1])
      expect(result.versionAfter - result.versionBefore).toBe(5)
      expect(result.scan?.rows).toBe(94)
      expect(await bench.forecast(dataset, operation)).toMatchObject({ nothingToDo: true })
      const again = await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 20 })
      expect(again.versionAfter).toBe(result.versionAfter)
    }
  })

  it('merges into larger ones, and leaves alone what has the size at the front', async () => {
    const { dataset, location } = await makeFragments('merged', [40, 40, 3, 5, 7])
    await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 40 })
    expect(await fragmentsOf(location)).toEqual([40, 40, 15])
    expect(await orderOf(location)).toEqual(Array.from({ length: 95 }, (_, id) => id))
  })

  it('takes chosen fragments only, and says that their rows move to the end', async () => {
    const { dataset, location } = await makeFragments('chosen', [10, 10, 10])
    const fragments = [1]
    const { notes } = await bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 5, fragments })
    expect(notes.some(({ message }) => message.includes('move behind all others'))).toBe(true)
    await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 5, fragments })
    expect(await fragmentsOf(location)).toEqual([10, 10, 5, 5])
    expect((await orderOf(location)).slice(10, 20)).toEqual(Array.from({ length: 10 }, (_, index) => 20 + index))
    await expect(
      bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 5, fragments: [77] }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('refuses sizes Lance does not write and thousands of commits, naming what helps', async () => {
    const { dataset } = await makeFragments('sizes', [11_000])
    await expect(bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 2_000_000 })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(bench.run('maintenance.refragment', { dataset, rowsPerFragment: 1 })).rejects.toMatchObject({
      code: 'too-large',
      hint: expect.stringContaining('copy'),
    })
  })

  it('keeps indices covering where row ids are stable, and says what happens where they are not', async () => {
    for (const options of [{}, STABLE]) {
      const isStable = options === STABLE
      const { table, dataset } = await makeFragments(`covered${isStable}`, [50, 50], options)
      await table.createIndex('id', { config: lancedb.Index.btree() })
      const { notes } = await bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 30 })
      expect(notes.some(({ message }) => message.includes('no index covers'))).toBe(!isStable)
      await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 30 })
      await table.checkoutLatest()
      expect(await table.indexStats('id_idx')).toMatchObject({ numUnindexedRows: isStable ? 0 : 100 })
      for (const id of [0, 29, 30, 99]) {
        const found = (await table.query().where(`id = ${id}`).toArray()) as { text: string }[]
        expect(found.map(({ text }) => text)).toEqual([`row ${id}`])
      }
      await bench.run('maintenance.optimizeIndices', { dataset })
      await table.checkoutLatest()
      expect(await table.indexStats('id_idx')).toMatchObject({ numUnindexedRows: 0 })
      expect((await table.query().where('id = 64').toArray()).length).toBe(1)
    }
  })

  it('goes on beside a program that adds, updates and deletes, and loses nothing', async () => {
    const { dataset, location } = await makeFragments('busy', [100, 100])
    const until = { isOver: false }
    const other = (async () => {
      const table = await openTable(location)
      let next = 200
      for (; !until.isOver; next++) {
        await table.checkoutLatest()
        await table.add(numbered(1, next))
        await table.update({ where: `id = ${(next * 7) % 200}`, values: { text: 'changed' } })
        await table.delete(`id = ${next - 200}`)
      }
      return next
    })()
    const outcome = await bench
      .run('maintenance.refragment', { dataset, rowsPerFragment: 25 })
      .catch((it: unknown) => it)
    until.isOver = true
    const next = await other
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'commit-conflict' })
    expect(await readIds(location)).toEqual(Array.from({ length: 200 }, (_, index) => next - 200 + index))
  })
})

describe('maintenance.purgeDeletions', () => {
  it('takes deleted rows out of fragments however few they are', async () => {
    const { table, dataset, location } = await makeFragments('few', [100, 100, 100])
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.delete('id in (5, 250)')
    const content = await contentOf(location)
    const fragments = [0, 2]
    expect(await bench.forecast(dataset, { kind: 'purge-deletions', fragments })).toMatchObject({ rows: 198 })
    const result = await bench.run('maintenance.purgeDeletions', { dataset, fragments })
    expect([result.before.deletedRows, result.after.deletedRows]).toEqual([2, 0])
    expect(await fragmentsOf(location)).toEqual([100, 99, 99])
    expect(await contentOf(location)).toBe(content)
    expect(await bench.forecast(dataset, { kind: 'purge-deletions' })).toMatchObject({ nothingToDo: true })
    const again = await bench.run('maintenance.purgeDeletions', { dataset })
    expect(again.versionAfter).toBe(result.versionAfter)
  })

  it('lets compaction do what it does, in the order of the rows, and does the rest', async () => {
    const { table, dataset, location } = await makeFragments('mixed', [100, 100])
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.add(numbered(100, 200))
    await table.delete('id < 20 or id = 205')
    const content = await contentOf(location)
    const foretold = await bench.forecast(dataset, { kind: 'purge-deletions' })
    expect(foretold).toMatchObject({ kind: 'purge-deletions', nothingToDo: false, rows: 180 + 99 })
    const result = await bench.run('maintenance.purgeDeletions', { dataset })
    expect(result.after).toMatchObject({ rows: 279, deletedRows: 0 })
    expect(await contentOf(location)).toBe(content)
    expect(await orderOf(location)).toEqual(
      Array.from({ length: 300 }, (_, id) => id).filter((id) => id >= 20 && id !== 205),
    )
  })
})

describe('rows written anew in place', () => {
  const formats: readonly (readonly [string, (columns: Columns) => Columns])[] = [
    // Format 2.0 keeps no null structs, and maps came with 2.2.
    ['2.0', ({ struct: _struct, map: _map, ...columns }) => columns],
    ['2.1', ({ map: _map, ...columns }) => columns],
    ['2.2', (columns) => columns],
    ['2.3', (columns) => columns],
  ]
  for (const [format, choose] of formats) {
    for (const options of [{}, STABLE]) {
      it(`keep every value of every type in format ${format}${options === STABLE ? ' with stable row ids' : ''}`, async () => {
        const name = `types${format.replace('.', '')}${Object.keys(options).length}`
        const rows = { id: column(new arrow.Int64(), [1n, 2n, 3n]), ...choose(everyType()) }
        const data = tableOf(rows, { id: new Map([['note', 'kept']]) })
        const table = await bench.folder.create(name, data, { ...options, newTableDataStorageVersion: format })
        await table.add(data)
        await table.delete('id = 2')
        const location = bench.folder.locate(name)
        const [content, dataset] = [await contentOf(location), await bench.open(name)]
        const schema = await bench.context.datasets
          .get(dataset)
          .resolve()
          .then(bench.context.datasets.get(dataset).manifest)
        const result = await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 3 })
        expect(result.after).toMatchObject({ rows: 4, fragments: 2, deletedRows: 0 })
        expect(await contentOf(location)).toBe(content)
        const after = await bench.context.datasets
          .get(dataset)
          .resolve()
          .then(bench.context.datasets.get(dataset).manifest)
        expect(after.schema).toEqual(schema.schema)
        expect(after.dataFormat).toEqual(schema.dataFormat)
      })
    }
  }

  it('keep blobs of every kind, byte by byte', async () => {
    const schema = new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true), lancedb.blob('v')])
    const connection = await lancedb.connect(bench.folder.path)
    const values = [Buffer.from('small'), null, Buffer.alloc(300_000, 7), Buffer.alloc(0), Buffer.alloc(5_000_000, 9)]
    await connection.createTable(
      'blobs',
      values.map((v, id) => ({ id: BigInt(id), v })),
      { schema },
    )
    const location = bench.folder.locate('blobs')
    const dataset = await bench.open('blobs')
    const read = async (): Promise<unknown> => {
      const table = await openTable(location)
      const rows = (await table.query().select(['id', '_rowid']).toArray()) as { id: bigint; _rowid: bigint }[]
      const bytes = await Promise.all(
        rows.map(async ({ _rowid }) => (await table.fetchBlobs('v', [_rowid]))[0] ?? null),
      )
      return bytes.map((blob, index) => [
        Number(rows[index]?.id),
        blob === null ? null : Buffer.from(blob).equals(values[Number(rows[index]?.id)]!),
      ])
    }
    const before = await read()
    expect(before).toEqual([
      [0, true],
      [1, null],
      [2, true],
      [3, true],
      [4, true],
    ])
    const { extraDiskAtMost = 0 } = await bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 2 })
    const result = await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 2 })
    const grown = result.after.totalBytes - result.before.totalBytes
    expect(Math.abs(grown - extraDiskAtMost) / extraDiskAtMost).toBeLessThan(0.1)
    expect(await fragmentsOf(location)).toEqual([2, 2, 1])
    expect(await read()).toEqual(before)
  })

  it('of a shallow clone come into the clone, and its source stays as it is', async () => {
    const { location } = await makeFragments('cloned', [10, 10])
    const connection = await lancedb.connect(bench.folder.path)
    await connection.cloneTable('clone', location)
    const before = await contentOf(location)
    const dataset = await bench.open('clone')
    const result = await bench.run('maintenance.refragment', { dataset, rowsPerFragment: 5 })
    expect(result.after).toMatchObject({ rows: 20, fragments: 4 })
    expect(await contentOf(bench.folder.locate('clone'))).toBe(before)
    expect([await contentOf(location), await fragmentsOf(location)]).toEqual([before, [10, 10]])
  })

  it('are refused in files of the first format, and a copy is named', async () => {
    const legacy = join(import.meta.dirname, '../rows/fixtures/legacy-blob.lance')
    const { handle } = await bench.context.datasets.open(legacy)
    await expect(bench.forecast(handle, { kind: 'refragment', rowsPerFragment: 1 })).rejects.toMatchObject({
      code: 'unsupported-format',
      hint: expect.stringContaining('copy'),
    })
  })

  it('are refused where there is no plain column, and a copy is named', async () => {
    const list = new arrow.List(new arrow.Field('item', new arrow.Int32(), true))
    await bench.folder.create('lists', tableOf({ only: column(list, [[1], [2], [3]]) }))
    const dataset = await bench.open('lists')
    await expect(bench.forecast(dataset, { kind: 'refragment', rowsPerFragment: 2 })).rejects.toMatchObject({
      code: 'unsupported-format',
      hint: expect.stringContaining('copy'),
    })
  })
})
