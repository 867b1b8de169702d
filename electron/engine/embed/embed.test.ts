import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embedLexically } from '../embedders/lexical/lexical-embedder.ts'
import { arrow, column, everyType, lancedb, tableOf } from '../lance/tables.fixture.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { makeEmbedBench, numbersOf, placesOf, readRows, type EmbedBench } from './embed.fixture.ts'

let bench: EmbedBench
beforeAll(async () => {
  bench = await makeEmbedBench()
})
afterAll(() => bench.remove())

const BUILT_IN = { source: 'text', target: 'vector', embedder: 'built-in' }
const FORMATS: readonly Readonly<Record<string, string>>[] = [
  {},
  { newTableEnableStableRowIds: 'true' },
  { newTableDataStorageVersion: '2.0' },
  { newTableDataStorageVersion: '2.1' },
]

/** Rows of `id`, `text` and `place`; every seventh text is null, empty or blank. */
function texts(from: number, count: number): ReturnType<typeof tableOf> {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  return tableOf({
    id: column(new arrow.Int32(), ids),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => (id % 7 !== 3 ? `a text of number ${id}` : [null, '', ' \n\t'][id % 3])),
    ),
    place: column(
      new arrow.Utf8(),
      ids.map((id) => `place ${id}`),
    ),
  })
}

async function make(
  name: string,
  fragments: readonly number[],
  options: Readonly<Record<string, string>> = {},
): Promise<string> {
  let from = 0
  let table: Awaited<ReturnType<typeof bench.folder.create>> | undefined
  for (const count of fragments) {
    const rows = texts(from, count)
    if (table === undefined) table = await bench.folder.create(name, rows, { ...options })
    else await table.add(rows)
    from += count
  }
  await table?.delete('id = 5 or id = 12')
  return bench.folder.locate(name)
}

async function expectFilled(location: string, vector = 'vector'): Promise<void> {
  for (const [id, row] of await readRows(location)) {
    const text = row['text'] as string | null
    const wanted = text === null || text.trim() === '' ? undefined : embedLexically(text)
    expect(numbersOf(row[vector]), `row ${id}`).toEqual(wanted)
  }
}

describe.each(FORMATS)('a column of a dataset with %o', (options) => {
  const name = `plain-${Object.values(options).join('-').replaceAll('.', '_') || 'default'}`

  it('is filled where it stands: rows, ids and the indices of others stay', async () => {
    const location = await make(name, [20, 20, 20], options)
    const table = await openTable(location)
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.createIndex('place', { config: lancedb.Index.fts() })
    const dataset = await bench.open(name)
    const before = await placesOf(location)
    const forecast = await bench.forecast({ dataset, ...BUILT_IN })
    expect(forecast).toMatchObject({ rows: 58, rowsDone: 0, isRemote: false, dimension: 384, requests: 0 })
    const result = await bench.run({ dataset, ...BUILT_IN })
    // Rows 3, 10, 17, … have no text; 12 is deleted, 5 too.
    expect(result).toMatchObject({ rowsEmbedded: 49, rowsEmpty: 9, rowsLeft: 0, rowsRefused: 0, requests: 0 })
    await expectFilled(location)
    expect(await placesOf(location)).toEqual(before)
    await table.checkoutLatest()
    const schema = await table.schema()
    expect(schema.fields.map((field) => field.name)).toEqual(['id', 'text', 'place', 'vector'])
    expect(await table.version()).toBe(result.versionAfter)
    const indices = await table.listIndices()
    expect(indices.map(({ name: index, numUnindexedRows }) => [index, numUnindexedRows])).toEqual([
      ['id_idx', 0],
      ['place_idx', 0],
    ])
    expect(schema.fields[3]?.metadata.get('tiltyard:embedder')).toBe(
      JSON.stringify({ provider: 'tiltyard', model: 'lexical-hash-384-v1', sourceColumn: 'text' }),
    )
  })
})

describe('run again, it', () => {
  it('has nothing to do, and fills what was added', async () => {
    const location = await make('again', [30])
    const dataset = await bench.open('again')
    await bench.run({ dataset, ...BUILT_IN })
    expect(await bench.forecast({ dataset, ...BUILT_IN })).toMatchObject({ rowsDone: 24 })
    const table = await openTable(location)
    await table.add(texts(100, 10))
    const result = await bench.run({ dataset, ...BUILT_IN })
    expect(result).toMatchObject({ rowsEmbedded: 8, rowsLeft: 0 })
    await expectFilled(location)
  })
})

it('leaves every type of the other columns as it is', async () => {
  const types = everyType()
  const ids = { id: column(new arrow.Int32(), [0, 1, 2]), text: column(new arrow.Utf8(), ['one', null, 'three']) }
  const table = await bench.folder.create('types', tableOf({ ...ids, ...types }))
  await table.add(tableOf({ ...ids, ...types }))
  const columns = [...Object.keys(types), '_rowid']
  const read = async (): Promise<string> => {
    await table.checkoutLatest()
    return JSON.stringify((await table.query().select(columns).toArray()).map(String))
  }
  const before = await read()
  const dataset = await bench.open('types')
  const result = await bench.run({ dataset, source: 'text', target: 'made', embedder: 'built-in' })
  expect(result.rowsEmbedded).toBe(4)
  expect(await read()).toBe(before)
  await expectFilled(bench.folder.locate('types'), 'made')
})

it('leaves blobs, JSON and large lists as they are', async () => {
  const { dataset, location, table } = await makeOdd('odd')
  const read = async (): Promise<string> => {
    await table.checkoutLatest()
    const rows = await table
      .query()
      .select(
        new Map([
          ['id', 'id'],
          ['j', 'j'],
          ['b', 'b'],
          ['l', "arrow_cast(l, 'List(Int32)')"],
          ['_rowid', '_rowid'],
        ]),
      )
      .toArray()
    const blobs = await Promise.all(rows.map(async (row) => (await table.fetchBlobs('b', [row._rowid as bigint]))[0]))
    return JSON.stringify([rows.map(String), blobs.map((blob) => (blob ? Buffer.from(blob).toString('base64') : blob))])
  }
  const before = await read()
  const result = await bench.run({ dataset, ...BUILT_IN })
  expect(result.rowsEmbedded).toBe(4)
  expect(await read()).toBe(before)
  const inSql = await table.query().select(['id', 'text', 'vector']).toArray()
  for (const { text, vector } of inSql) expect(numbersOf(vector)).toEqual(embedLexically(String(text)))
  expect(location).toContain('odd')
})

async function makeOdd(name: string) {
  const schema = new arrow.Schema([
    new arrow.Field('id', new arrow.Int32(), true),
    new arrow.Field('text', new arrow.Utf8(), true),
    new arrow.Field('j', new arrow.Utf8(), true, new Map([['ARROW:extension:name', 'arrow.json']])),
    new arrow.Field('n', new arrow.List(new arrow.Field('item', new arrow.Int32(), true)), true),
    lancedb.blob('b'),
  ])
  const connection = await lancedb.connect(bench.folder.path)
  const rows = [Buffer.from('small'), null, Buffer.alloc(300_000, 7), Buffer.alloc(5_000_000, 9)].map((b, id) => ({
    id,
    text: `row ${id}`,
    j: `{"a": ${id}}`,
    n: [id, id + 1],
    b,
  }))
  const table = await connection.createTable(name, rows, { schema })
  await table.addColumns([{ name: 'l', valueSql: "arrow_cast(n, 'LargeList(Int32)')" }])
  const location = bench.folder.locate(name)
  return { table, location, dataset: await bench.open(name) }
}

it('reads texts out of dictionaries and large strings', async () => {
  const words = ['red', null, 'green', 'red', '']
  await bench.folder.create(
    'dictionary',
    tableOf({
      id: column(new arrow.Int32(), [0, 1, 2, 3, 4]),
      text: column(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), words),
      large: column(new arrow.LargeUtf8(), words),
    }),
  )
  const dataset = await bench.open('dictionary')
  expect(await bench.forecast({ dataset, ...BUILT_IN })).toMatchObject({ texts: 3 })
  expect(await bench.run({ dataset, ...BUILT_IN })).toMatchObject({ rowsEmbedded: 3, rowsEmpty: 2 })
  await expectFilled(bench.folder.locate('dictionary'))
  expect(await bench.run({ dataset, ...BUILT_IN, source: 'large', target: 'other' })).toMatchObject({ rowsEmbedded: 3 })
  await expectFilled(bench.folder.locate('dictionary'), 'other')
})

describe('refused before anything changes are', () => {
  it.each([
    ['a source that is no text', { source: 'id' }, 'invalid-input'],
    ['a source that is not there', { source: 'nope' }, 'unknown-column'],
    ['a target that holds no vectors', { target: 'place' }, 'invalid-vector'],
    ['a target of another length', { target: 'short' }, 'invalid-vector'],
    ['a name with a dot', { target: 'a.b' }, 'invalid-name'],
    ['a name of ours', { target: '_tiltyard_row' }, 'invalid-name'],
    ['a name that differs in case alone', { target: 'PLACE' }, 'already-exists'],
    ['an embedder that is not there', { embedder: 'nobody' }, 'embedder-not-found'],
  ])('%s', async (_what, change, code) => {
    const name = `refused-${code}-${Object.values(change)[0]?.replaceAll('.', '-')}`
    const location = await make(name, [3])
    const table = await openTable(location)
    await table.addColumns([{ name: 'short', valueSql: "arrow_cast([1.0, 2.0], 'FixedSizeList(2, Float32)')" }])
    const dataset = await bench.open(name)
    const version = await table.version()
    await expect(bench.run({ dataset, ...BUILT_IN, ...change })).rejects.toMatchObject({ code })
    await expect(bench.forecast({ dataset, ...BUILT_IN, ...change })).rejects.toMatchObject({ code })
    await table.checkoutLatest()
    expect(await table.version()).toBe(version)
  })

  it('files of the first format', async () => {
    const { handle } = await bench.context.datasets.open(
      join(import.meta.dirname, '../rows/fixtures/legacy-blob.lance'),
    )
    await expect(bench.forecast({ dataset: handle, ...BUILT_IN })).rejects.toMatchObject({ code: 'unsupported-format' })
  })

  it('vectors of another model in a column that says who made its own', async () => {
    await make('mixed', [3])
    const dataset = await bench.open('mixed')
    await bench.run({ dataset, ...BUILT_IN })
    await bench.addEndpoint('other', 'http://127.0.0.1:9/v1')
    await expect(bench.forecast({ dataset, ...BUILT_IN, embedder: 'other' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('lexical-hash-384-v1'),
    })
  })
})
