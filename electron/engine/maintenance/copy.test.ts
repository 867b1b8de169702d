import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createJobsHandlers } from '../jobs/index.ts'
import { arrow, column, everyType, lancedb, numbered, tableOf } from '../lance/tables.fixture.ts'
import { listTree, openTable, withoutPrivileges } from '../versions/writing.fixture.ts'
import { checkPlace, makeBuilding } from './copy-place.ts'
import { contentOf, fragmentsOf, idle, makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

async function make(name: string, count = 100, options: Record<string, string> = {}) {
  const table = await bench.folder.create(name, numbered(count), options)
  return { table, dataset: await bench.open(name), location: bench.folder.locate(name) }
}

const unfinished = (): readonly string[] =>
  readdirSync(bench.folder.path).filter((name) => name.startsWith('.tiltyard'))

async function manifestAt(location: string) {
  const dataset = await bench.context.datasets.open(location)
  return dataset.manifest(await dataset.resolve())
}

describe('maintenance.copy', () => {
  it('writes the live rows in order, in fragments of the size asked for, and leaves the dataset alone', async () => {
    const { table, dataset, location } = await make('source')
    await table.add(numbered(50, 100))
    await table.delete('id % 10 = 4')
    const to = bench.folder.locate('sized')
    const before = listTree(location)
    expect(await bench.forecast(dataset, { kind: 'copy', to, rowsPerFragment: 40 })).toMatchObject({ rows: 135 })
    const result = await bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 40 })
    expect(result).toMatchObject({ kind: 'copy', to, before: { rows: 135 }, versionBefore: 3, versionAfter: 3 })
    expect(listTree(location)).toEqual(before)
    expect(await fragmentsOf(to)).toEqual([40, 40, 40, 15])
    const ids = (await (await openTable(to)).query().select(['id']).toArray()) as { id: bigint }[]
    expect(ids.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 150 }, (_, id) => id).filter((id) => id % 10 !== 4),
    )
    expect(await contentOf(to)).toBe(await contentOf(location))
    expect(unfinished()).toEqual([])
  })

  it('keeps every type, the schema with its metadata, and stable row ids', async () => {
    const data = tableOf(everyType(), { utf8: new Map([['note', 'kept']]) })
    for (const [index, options] of [{}, { newTableEnableStableRowIds: 'true' }].entries()) {
      await bench.folder.create(`types${index}`, data, options)
      const dataset = await bench.open(`types${index}`)
      const to = bench.folder.locate(`types-copy${index}`)
      await bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 2 })
      expect(await contentOf(to)).toBe(await contentOf(bench.folder.locate(`types${index}`)))
      const [from, copied] = [await manifestAt(bench.folder.locate(`types${index}`)), await manifestAt(to)]
      expect(copied.schema).toEqual(from.schema)
      expect(copied.readerFlags & 2).toBe(from.readerFlags & 2)
    }
  })

  it('keeps metadata of the schema, JSON, and columns that may not be null', async () => {
    const json = new Map([
      ['ARROW:extension:name', 'arrow.json'],
      ['ARROW:extension:metadata', ''],
    ])
    const fields = [
      new arrow.Field('id', new arrow.Int64(), false, new Map([['unit', 'count']])),
      new arrow.Field('j', new arrow.Utf8(), true, json),
    ]
    const schema = new arrow.Schema(fields, new Map([['owner', 'me']]))
    const parts = tableOf({
      id: column(new arrow.Int64(), [1n, 2n, 3n]),
      j: column(new arrow.Utf8(), ['{"a":[1,2]}', null, '"x"']),
    })
    const batch = new arrow.RecordBatch(
      schema,
      arrow.makeData({
        type: new arrow.Struct(fields),
        length: 3,
        nullCount: 0,
        children: parts.batches[0]!.data.children,
      }),
    )
    await bench.folder.create('metadata', new arrow.Table(schema, [batch]))
    const dataset = await bench.open('metadata')
    const to = bench.folder.locate('metadata-copy')
    await bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 2 })
    const [from, copied] = [await manifestAt(bench.folder.locate('metadata')), await manifestAt(to)]
    expect(copied.schema).toEqual(from.schema)
    expect(copied.schemaMetadata).toEqual(from.schemaMetadata)
    expect(copied.schemaMetadata['owner']).toBe('me')
    expect(await contentOf(to)).toBe(await contentOf(bench.folder.locate('metadata')))
  })

  it('writes a newer file format, and takes none Lance does not know', async () => {
    const { dataset, location } = await make('old', 30, { newTableDataStorageVersion: '2.0' })
    const to = bench.folder.locate('newer')
    const { notes } = await bench.forecast(dataset, { kind: 'copy', to, formatVersion: '2.2' })
    expect(notes.some(({ message }) => message.includes('2.2, from 2.0'))).toBe(true)
    await bench.run('maintenance.copy', { dataset, to, formatVersion: '2.2' })
    expect((await manifestAt(to)).dataFormat?.version).toBe('2.2')
    expect(await contentOf(to)).toBe(await contentOf(location))
    const same = bench.folder.locate('same')
    await bench.run('maintenance.copy', { dataset, to: same })
    expect((await manifestAt(same)).dataFormat?.version).toBe('2.0')
    for (const formatVersion of ['9.9', '0.1', 'legacy', 'stable', '']) {
      await expect(
        bench.run('maintenance.copy', { dataset, to: bench.folder.locate('never'), formatVersion }),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    }
    expect(existsSync(bench.folder.locate('never'))).toBe(false)
  })

  it('copies a dataset without rows', async () => {
    const { table, dataset } = await make('empty', 5)
    await table.delete('true')
    const to = bench.folder.locate('empty-copy')
    await bench.run('maintenance.copy', { dataset, to })
    expect(await (await openTable(to)).countRows()).toBe(0)
    expect((await manifestAt(to)).schema.map(({ name }) => name)).toEqual(['id', 'text'])
  })

  it('refuses places that are taken, badly named, inside the dataset or not there', async () => {
    const { dataset, location } = await make('placed', 5)
    writeFileSync(join(bench.folder.path, 'file.lance'), 'x')
    const cases = [
      [location, 'already-exists'],
      [join(bench.folder.path, 'file.lance'), 'already-exists'],
      [join(bench.folder.path, 'no-suffix'), 'invalid-name'],
      [join(bench.folder.path, 'sp ace.lance'), 'invalid-name'],
      [join(bench.folder.path, '.hidden.lance'), 'invalid-name'],
      [join(location, 'inner.lance'), 'invalid-input'],
      [join(bench.folder.path, 'nowhere', 'copy.lance'), 'not-found'],
      ['bad\0.lance', 'invalid-input'],
    ] as const
    for (const [to, code] of cases) {
      await expect(bench.forecast(dataset, { kind: 'copy', to }), to).rejects.toMatchObject({ code })
      await expect(bench.run('maintenance.copy', { dataset, to }), to).rejects.toMatchObject({ code })
    }
    expect(unfinished()).toEqual([])
  })

  it('stays inside the root', async () => {
    const { location } = await make('rooted', 5)
    const other = await makeMaintenanceBench()
    try {
      const { context } = bench
      const rooted = { ...context, paths: { ...context.paths, root: bench.folder.path } }
      const { createMaintenanceHandlers } = await import('./index.ts')
      const { handle } = await rooted.datasets.open(location)
      const to = other.folder.locate('out')
      const handlers = createMaintenanceHandlers(rooted)
      await expect(
        Promise.resolve(handlers['maintenance.forecast']({ dataset: handle, operation: { kind: 'copy', to } }, idle)),
      ).rejects.toMatchObject({ code: 'outside-root' })
    } finally {
      await other.remove()
    }
  })

  it('refuses a folder it may not write', async () => {
    const folder = join(bench.folder.path, 'closed')
    mkdirSync(folder)
    chmodSync(folder, 0o555)
    chmodSync(bench.folder.path, 0o755)
    const place = await checkPlace(join(folder, 'copy.lance'), '/elsewhere', undefined)
    await expect(withoutPrivileges(async () => makeBuilding(place))).rejects.toMatchObject({ code: 'read-only' })
  })

  it('leaves nothing when it is cancelled or fails, and clears what a killed one left', async () => {
    const { table, dataset } = await make('stopped', 3000)
    const to = bench.folder.locate('stopped-copy')
    const jobs = createJobsHandlers(bench.context)
    const run = async (): Promise<void> => {
      for await (const event of bench.handlers['maintenance.copy']({ dataset, to, rowsPerFragment: 10 }, idle)) {
        if (event.kind === 'job' && (event.job.progress?.done ?? 0) > 0) {
          await jobs['jobs.cancel']({ job: event.job.id }, idle)
        }
      }
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
    expect([existsSync(to), unfinished()]).toEqual([false, []])
    await expect(bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 2_000_000 })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    // No process has that id.
    const left = join(bench.folder.path, '.tiltyard-copies', '4194999-0123abcd')
    mkdirSync(join(left, 'stopped-copy.lance'), { recursive: true })
    await table.delete('id >= 10')
    await bench.run('maintenance.copy', { dataset, to })
    expect(await fragmentsOf(to)).toEqual([10])
    expect(unfinished()).toEqual([])
  })

  it('copies the version it began with, whatever others write meanwhile', async () => {
    const { table, dataset } = await make('moving', 500)
    const to = bench.folder.locate('moving-copy')
    const copying = bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 50 })
    for (let next = 500; next < 520; next++) await table.add(numbered(1, next))
    const { before } = await copying
    expect(await (await openTable(to)).countRows()).toBe(before.rows)
  })

  it('copies blobs of every size, byte by byte', async () => {
    const schema = new arrow.Schema([
      new arrow.Field('id', new arrow.Int64(), true),
      lancedb.blob('pictures'),
      new arrow.Field('name', new arrow.Utf8(), true),
    ])
    const connection = await lancedb.connect(bench.folder.path)
    const values = [Buffer.from('x'), null, Buffer.alloc(300_000, 7), Buffer.alloc(0), Buffer.alloc(5_000_000, 9)]
    const rows = values.map((pictures, id) => ({ id: BigInt(id), pictures, name: `n${id}` }))
    const table = await connection.createTable('blobs', rows, { schema })
    await table.add([{ id: 5n, pictures: Buffer.from('later'), name: null }])
    await table.delete('id = 3')
    const dataset = await bench.open('blobs')
    const to = bench.folder.locate('blobs-copy')
    const { bytesWrittenAtMost = 0 } = await bench.forecast(dataset, { kind: 'copy', to })
    expect(bytesWrittenAtMost).toBeGreaterThan(4_000_000)
    await bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 3 })
    expect(await fragmentsOf(to)).toEqual([3, 2])
    const copy = await openTable(to)
    const found = (await copy.query().select(['id', 'name', '_rowid']).toArray()) as {
      id: bigint
      name: string | null
      _rowid: bigint
    }[]
    expect(found.map(({ id, name }) => [Number(id), name])).toEqual([
      [0, 'n0'],
      [1, 'n1'],
      [2, 'n2'],
      [4, 'n4'],
      [5, null],
    ])
    const bytes = await copy.fetchBlobs(
      'pictures',
      found.map((row) => row._rowid),
    )
    const wanted = [...[0, 1, 2, 4].map((id) => values[id]), Buffer.from('later')]
    for (const [index, value] of wanted.entries()) {
      if (value === null || value === undefined) expect(bytes[index] ?? null).toBe(null)
      else expect(Buffer.from(bytes[index]!).equals(value)).toBe(true)
    }
  })

  it('copies lists of 64 bits, which apache-arrow cannot decode, over the borders of fragments', async () => {
    const list = new arrow.List(new arrow.Field('item', new arrow.Int32(), true))
    const part = (from: number) => tableOf({ list: column(list, [[from, from + 1], null, [], [from + 2, null]]) })
    const table = await bench.folder.create('large', part(0))
    await table.add(part(10))
    await table.addColumns([{ name: 'large', valueSql: "arrow_cast(list, 'LargeList(Int32)')" }])
    const dataset = await bench.open('large')
    const to = bench.folder.locate('large-copy')
    await bench.run('maintenance.copy', { dataset, to, rowsPerFragment: 6 })
    expect((await manifestAt(to)).fragments.map(({ physicalRows }) => physicalRows)).toEqual([6, 2])
    const read = async (location: string) =>
      (
        await (
          await openTable(location)
        )
          .query()
          .select({ list: 'list', large: "arrow_cast(large, 'List(Int32)')" })
          .toArray()
      ).map(String)
    expect(await read(to)).toEqual(await read(bench.folder.locate('large')))
  })

  it('refuses by name the blobs LanceDB does not give out', async () => {
    const legacy = join(import.meta.dirname, '../rows/fixtures/legacy-blob.lance')
    const { handle } = await bench.context.datasets.open(legacy)
    await expect(
      bench.forecast(handle, { kind: 'copy', to: bench.folder.locate('legacy-copy') }),
    ).rejects.toMatchObject({ code: 'unsupported-format', message: expect.stringContaining('"b"') })
  })
})
