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
