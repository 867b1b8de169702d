import type { Data, DataType } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, everyType, lancedb, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine
let dataset: string
const columns = everyType()

beforeAll(async () => {
  engine = await makeTestEngine()
  const json = new Map([['ARROW:extension:name', 'arrow.json']])
  const table = await engine.folder.create(
    'types',
    tableOf({ ...columns, json: column(new arrow.Utf8(), ['{"a":1}', '[]', null]) }, { json }),
  )
  await table.addColumns([
    { name: 'large list', valueSql: "arrow_cast(list, 'LargeList(Int32)')" },
    { name: 'large_nested', valueSql: "arrow_cast(list_list, 'LargeList(LargeList(Utf8))')" },
  ])
  dataset = await engine.open('types')
})
afterAll(() => engine.remove())

/** The stored numbers and bytes of an array and its children, padding left aside. */
function rawOf(data: Data): unknown {
  const valid = Array.from({ length: data.length }, (_, row) => data.getValid(row))
  const values = Array.from({ length: data.length }, (_, row): unknown => {
    const value: unknown = valid[row] ? new arrow.Vector([data]).get(row) : null
    return value instanceof Object && 'toJSON' in value ? JSON.stringify(value, bigints) : value
  })
  const words =
    ArrayBuffer.isView(data.values) && data.values instanceof BigInt64Array
      ? [...data.values.subarray(0, data.length)]
      : []
  return { valid, values, words: words.map((word, row) => (valid[row] ? word : null)) }
}

/** Dictionaries are read as their values. */
function typeRead(type: DataType): DataType {
  return arrow.DataType.isDictionary(type) ? type.dictionary : type
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

describe('every type of Lance', () => {
  it.each(Object.keys(columns))('%s comes back exactly', async (name) => {
    const result = await page(engine, { dataset, columns: [name] })
    const got = arrow.tableFromIPC(result.arrow[0])
    expect(String(got.getChild(name)!.type)).toBe(String(typeRead(columns[name]!.type)))
    expect(rawOf(got.getChild(name)!.data[0]!)).toEqual(rawOf(columns[name]!.data[0]!))
    expect(got.schema.fields.at(-1)!.name).toBe('_rowid')
  })

  it('sends the values of a dictionary that are shown, not all of it', async () => {
    const words = Array.from({ length: 50_000 }, (_, n) => `a rather unique word number ${n}`)
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())
    await engine.folder.create('wordy', tableOf({ word: arrow.vectorFromArray(words, type) }))
    const result = await page(engine, { dataset: await engine.open('wordy'), offset: 40_000, limit: 3 })
    expect(valuesOf(result, 'word')).toEqual(words.slice(40_000, 40_003))
    expect(result.arrow[0]!.byteLength).toBeLessThan(4000)
  })

  it('gives all of them in one page, large lists as lists', async () => {
    const result = await page(engine, { dataset })
    const got = arrow.tableFromIPC(result.arrow[0])
    expect(got.schema.fields.map((field) => field.name)).toEqual([
      ...Object.keys(columns),
      'json',
      'large list',
      'large_nested',
      '_rowid',
    ])
    expect(String(got.getChild('large list')!.type)).toBe('List<Int32>')
    expect(valuesOf(result, 'large list').map((list) => JSON.stringify(list))).toEqual(['[1,null,3]', '[]', 'null'])
    expect(String(got.getChild('large_nested')!.type)).toBe('List<List<Utf8>>')
    expect(JSON.stringify(valuesOf(result, 'large_nested')[0])).toBe('[["a"],[]]')
    expect(valuesOf(result, 'json')).toEqual(['{"a":1}', '[]', null])
    for (const [name, vector] of Object.entries(columns)) {
      expect(rawOf(got.getChild(name)!.data[0]!), name).toEqual(rawOf(vector.data[0]!))
    }
  })

  it('keeps the metadata of columns that lie beside a cast one', async () => {
    const result = await page(engine, { dataset, columns: ['json', 'large list'] })
    const field = arrow.tableFromIPC(result.arrow[0]).schema.fields[0]!
    expect(field.metadata.get('ARROW:extension:name')).toBe('arrow.json')
  })

  it('gives one cell of each as one row and one column', async () => {
    for (const name of [...Object.keys(columns), 'json', 'large list']) {
      const cell = await engine.rows['cells.get']({ dataset, rowId: '0', column: name }, idle)
      if (cell.kind !== 'arrow') throw new Error(`${name} is not Arrow`)
      const got = arrow.tableFromIPC(cell.arrow)
      expect([got.numRows, got.schema.fields.map((field) => field.name)]).toEqual([1, [name]])
    }
  })
})

describe('blobs', () => {
  const big = new Uint8Array(300_000).map((_, index) => index % 251)

  it('reads blob v2 as descriptors and in ranges', async () => {
    const schema = new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true), lancedb.blob('v')])
    const connection = await lancedb.connect(engine.folder.path)
    const rows = [Buffer.from('%PDF-1.7 small'), null, Buffer.from(big), Buffer.alloc(0)]
    await connection.createTable(
      'blob2',
      rows.map((v, id) => ({ id: BigInt(id), v })),
      { schema },
    )
    const blobs = await engine.open('blob2')
    const result = await page(engine, { dataset: blobs })
    expect(result.previews).toEqual([])
    const descriptors = valuesOf(result, 'v').map((value) =>
      value === null ? null : Number((value as { size: bigint }).size),
    )
    expect(descriptors).toEqual([14, null, 300_000, 0])
    const cell = await engine.rows['cells.get']({ dataset: blobs, rowId: '0', column: 'v' }, idle)
    expect(cell).toMatchObject({ kind: 'bytes', size: 14, mediaType: 'application/pdf' })
    const described = await engine.rows['cells.describe']({ dataset: blobs, rowId: '2', column: 'v' }, idle)
    const range = await engine.rows['cells.read']({ cell: described.id, start: 299_990, length: 100 }, idle)
    expect([...range.bytes]).toEqual([...big.subarray(299_990)])
    expect(await engine.rows['cells.describe']({ dataset: blobs, rowId: '1', column: 'v' }, idle)).toMatchObject({
      size: null,
    })
    expect(await engine.rows['cells.describe']({ dataset: blobs, rowId: '3', column: 'v' }, idle)).toMatchObject({
      size: 0,
    })
    await expect(engine.rows['cells.get']({ dataset: blobs, rowId: '77', column: 'v' }, idle)).rejects.toMatchObject({
      code: 'row-not-found',
    })
  })

  it('reads legacy blobs from the data file', async () => {
    const table = tableOf(
      {
        id: column(new arrow.Int64(), [1n, 2n, 3n]),
        v: column(new arrow.LargeBinary(), [big, null, new TextEncoder().encode('hello')]),
      },
      { v: new Map([['lance-encoding:blob', 'true']]) },
    )
    const made = await engine.folder.create('blob1', table, { newTableDataStorageVersion: '2.1' })
    await made.add(table)
    const blobs = await engine.open('blob1')
    for (const rowId of ['0', String(1n << 32n)]) {
      const described = await engine.rows['cells.describe']({ dataset: blobs, rowId, column: 'v' }, idle)
      expect(described.size).toBe(300_000)
      const range = await engine.rows['cells.read']({ cell: described.id, start: 1000, length: 500 }, idle)
      expect([...range.bytes]).toEqual([...big.subarray(1000, 1500)])
    }
    const text = await engine.rows['cells.describe']({ dataset: blobs, rowId: '2', column: 'v' }, idle)
    expect(text).toMatchObject({ size: 5, mediaType: 'text/plain; charset=utf-8' })
    expect(await engine.rows['cells.describe']({ dataset: blobs, rowId: '1', column: 'v' }, idle)).toMatchObject({
      size: null,
    })
    const filtered = await page(engine, { dataset: blobs, filter: 'id = 3' })
    expect(filtered.total).toBe(2)
  })
})
