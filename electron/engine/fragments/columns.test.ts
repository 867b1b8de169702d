import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ColumnStorage, FragmentDetails } from '#shared/model/fragment-details.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { arrow, column, lancedb, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { createFragmentsHandlers } from './index.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await makeTestEngine()
})
afterAll(() => engine.remove())

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Rows with a number, a text and a vector. */
function rowsOf(count: number, from = 0, width = 8): InstanceType<typeof arrow.Table> {
  const ids = numbers(count).map((it) => it + from)
  return tableOf({
    id: column(new arrow.Int64(), ids.map(BigInt)),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => `${id}`.padStart(width, 'x')),
    ),
    vector: column(
      new arrow.FixedSizeList(4, new arrow.Field('item', new arrow.Float32(), true)),
      ids.map((id) => [id, 0, 1, -id]),
    ),
  })
}

/** Reads of files' contents, and the bytes they gave. */
interface Reads {
  readonly reads: number
  readonly bytes: number
}

interface Answers {
  readonly columns: readonly ColumnStorage[]
  readonly list: readonly FragmentEntry[]
  get(id: number): Promise<FragmentDetails>
  /** Reading the columns once more with the same memory. */
  again(): Promise<Reads>
  readonly usage: Reads
}

async function read(name: string): Promise<Answers> {
  const dataset = await engine.open(name)
  const { store, manifest, resolve } = engine.context.datasets.get(dataset)
  await manifest(await resolve())
  const handlers = createFragmentsHandlers(engine.context)
  const ranges = vi.spyOn(store, 'readRange')
  const wholes = vi.spyOn(store, 'read')
  const measure = async (): Promise<Reads & { columns: readonly ColumnStorage[] }> => {
    ranges.mockClear()
    wholes.mockClear()
    const before = store.usage().bytes
    const columns = await handlers['fragments.columns']({ dataset }, idle)
    const reads = ranges.mock.calls.length + wholes.mock.calls.length
    return { columns, reads, bytes: store.usage().bytes - before }
  }
  const { columns, ...usage } = await measure()
  return {
    columns,
    usage,
    list: await handlers['fragments.list']({ dataset }, idle),
    get: async (id) => handlers['fragments.get']({ dataset, id }, idle),
    again: measure,
  }
}

const named = (columns: readonly ColumnStorage[], name: string): ColumnStorage => {
  const found = columns.find((it) => it.column === name)
  if (found === undefined) throw new Error(`no column ${name} among ${columns.map((it) => it.column).join()}`)
  return found
}

/** What every answer must add up to: the columns of each fragment, one by one. */
async function expectAddsUp({ columns, list, get }: Answers): Promise<void> {
  const byField = new Map<number, number>()
  for (const { id } of list) {
    for (const file of (await get(id)).files) {
      expect(file.problem).toBeUndefined()
      expect(sum(file.columns.map((it) => it.bytes)) + file.overheadBytes).toBe(file.bytes)
      for (const it of file.columns) byField.set(it.fieldId, (byField.get(it.fieldId) ?? 0) + it.bytes)
    }
  }
  expect(new Map(columns.filter((it) => it.files > 0).map((it) => [it.fieldId, it.bytes]))).toEqual(byField)
}

describe('fragments.columns', () => {
  it.each(['2.0', '2.1', '2.2', '2.3'])('adds up the columns of all files of format %s', async (version) => {
    const name = `columns_${version.replace('.', '_')}`
    const table = await engine.folder.create(name, rowsOf(1000), { new_table_data_storage_version: version })
    await table.add(rowsOf(500, 1000))
    await table.delete('id < 100')
    const answers = await read(name)
    await expectAddsUp(answers)
    const { columns } = answers
    expect(columns.map((it) => it.column).sort()).toEqual(['id', 'text', 'vector'])
    for (const it of columns) {
      expect([it.files, it.unreadableFiles, it.isDead]).toEqual([2, 0, false])
      expect(it.pages).toBeGreaterThanOrEqual(2)
    }
    // 1,400 live rows: eight bytes and a validity bit; four floats and a validity bit; eight characters and an offset.
    expect(named(columns, 'id')).toMatchObject({ arrowBytes: 1400 * 8 + 175, isArrowEstimated: false })
    expect(named(columns, 'vector')).toMatchObject({ arrowBytes: 1400 * 16 + 175, isArrowEstimated: false })
    expect(named(columns, 'text').arrowBytes! / 1400).toBeGreaterThan(12)
    expect(named(columns, 'text').arrowBytes! / 1400).toBeLessThan(12.5)
  })

  it('reads each narrow file with one request of its end, and none again', async () => {
    const table = await engine.folder.create('io', rowsOf(50_000))
    for (let part = 0; part < 9; part++) await table.add(rowsOf(5000, part * 5000))
    const { usage, again, list } = await read('io')
    expect(list).toHaveLength(10)
    expect(usage.reads).toBe(10)
    expect(usage.bytes).toBe(sum(list.map((it) => Math.min(it.bytes!, 64 * 1024))))
    expect(await again()).toMatchObject({ reads: 0, bytes: 0 })
  })

  it('reads the rest of the metadata of a wide file with a second request', async () => {
    const names = numbers(1500).map((it) => `column_${it}`)
    const wide = tableOf(Object.fromEntries(names.map((name) => [name, column(new arrow.Int32(), [1, 2, 3])])))
    await engine.folder.create('wide', wide)
    const { columns, usage, list } = await read('wide')
    expect(columns).toHaveLength(1500)
    expect(usage.bytes).toBeLessThanOrEqual(list[0]!.bytes!)
    expect(usage.bytes).toBeGreaterThan(64 * 1024)
    expect(usage.reads).toBe(2)
  })

  it('keeps columns that were dropped or retyped as dead bytes, and those never written as empty', async () => {
    const table = await engine.folder.create('dead', rowsOf(1000))
    await table.alterColumns([{ path: 'id', dataType: 'int32' }])
    await table.dropColumns(['text'])
    await table.addColumns([new arrow.Field('later', new arrow.Utf8(), true)] as never)
    const answers = await read('dead')
    await expectAddsUp(answers)
    const dead = answers.columns.filter((it) => it.isDead)
    expect(dead.map((it) => it.column).sort()).toEqual(['(dropped field 0)', '(dropped field 1)'])
    for (const it of dead) expect([it.arrowBytes, it.bytes > 1000]).toEqual([null, true])
    expect((await answers.get(0)).deadBytes).toBe(sum(dead.map((it) => it.bytes)))
    expect(named(answers.columns, 'later')).toMatchObject({ bytes: 0, files: 0, pages: 0 })
    expect(named(answers.columns, 'id')).toMatchObject({ arrowBytes: 4000 + 125 })
  })

  it('splits nested columns into their leaves', async () => {
    const struct = new arrow.Struct([
      new arrow.Field('lat', new arrow.Float64(), true),
      new arrow.Field('name', new arrow.Utf8(), true),
    ])
    const tags = new arrow.List(new arrow.Field('item', new arrow.Utf8(), true))
    const places = numbers(600).map((it) => ({ lat: it / 2, name: `place ${it}` }))
    const table = tableOf({
      place: column(struct, places),
      tags: column(
        tags,
        places.map((_, at) => [`a${at}`, 'b']),
      ),
    })
    for (const version of ['2.0', '2.2']) {
      const name = `nested_${version.replace('.', '_')}`
      await engine.folder.create(name, table, { new_table_data_storage_version: version })
      const answers = await read(name)
      await expectAddsUp(answers)
      const { columns } = answers
      expect(named(columns, 'place.lat').arrowBytes).toBe(4800 + 75)
      expect(named(columns, 'tags.item').arrowBytes).toBeGreaterThan(1200 * 2)
      expect(named(columns, 'place.name').arrowBytes).toBeGreaterThan(600 * 12)
      // All rows were read, so nothing had to be scaled up.
      expect(columns.some((it) => it.isArrowEstimated)).toBe(false)
    }
  })

  it('counts sidecars of blobs', async () => {
    const schema = new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true), lancedb.blob('v')])
    const connection = await lancedb.connect(engine.folder.path)
    const values = [new Uint8Array(300_000).fill(1), new Uint8Array(10), new Uint8Array(250_000).fill(2)]
    await connection.createTable(
      'blobs',
      values.map((v, id) => ({ id: BigInt(id), v })),
      { schema },
    )
    const { columns, get } = await read('blobs')
    expect(named(columns, 'v').blobBytes).toBe(550_000)
    expect(named(columns, 'v').arrowBytes).toBeNull()
    expect(named(columns, 'id').blobBytes).toBeUndefined()
    expect((await get(0)).files[0]?.blobs).toEqual({ files: 1, bytes: 550_000 })
  })

  it('names the fragments whose rows are far larger than most', async () => {
    const table = await engine.folder.create('strays', rowsOf(200))
    for (let part = 1; part < 6; part++) await table.add(rowsOf(200, part * 200))
    const random = numbers(50).map((at) => numbers(400).map((it) => ((it * 7919 + at * 104_729) % 89).toString(36)))
    const texts = random.map((digits) => digits.join(''))
    await table.add(
      tableOf({
        id: column(
          new arrow.Int64(),
          texts.map(() => 1n),
        ),
        text: column(new arrow.Utf8(), texts),
        vector: column(
          new arrow.FixedSizeList(4, new arrow.Field('item', new arrow.Float32(), true)),
          texts.map(() => [1, 2, 3, 4]),
        ),
      }),
    )
    const { columns } = await read('strays')
    expect(named(columns, 'text').outliers[0]).toMatchObject({ fragment: 6, rows: 50 })
  })

  it('counts files it cannot read and goes on', async () => {
    const table = await engine.folder.create('missing', rowsOf(100))
    await table.add(rowsOf(100, 100))
    const { list } = await read('missing')
    const path = join(engine.folder.locate('missing'), list[0]!.files[0]!.path)
    await rename(path, `${path}.gone`)
    const { columns, get } = await read('missing')
    for (const it of columns) expect([it.files, it.unreadableFiles]).toEqual([1, 1])
    const [file] = (await get(0)).files
    expect(file).toMatchObject({ bytes: null, rows: null, columns: [], problem: { code: 'missing-file' } })
    await rm(`${path}.gone`)
  })

  it('says that legacy files do not tell', async () => {
    await engine.folder.create('legacy', rowsOf(100), { new_table_data_storage_version: 'legacy' })
    const { columns, get } = await read('legacy')
    expect(columns.map((it) => [it.bytes, it.unreadableFiles])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    expect(named(columns, 'id').arrowBytes).toBe(813)
    expect((await get(0)).files[0]).toMatchObject({ rows: 100, columns: [], formatVersion: '0.1' })
  })

  it('stops when cancelled', async () => {
    await engine.folder.create('cancelled', rowsOf(100))
    const dataset = await engine.open('cancelled')
    const handlers = createFragmentsHandlers(engine.context)
    const controller = new AbortController()
    const running = handlers['fragments.columns']({ dataset }, { ...idle, signal: controller.signal })
    controller.abort()
    await expect(running).rejects.toThrow()
  })
})
