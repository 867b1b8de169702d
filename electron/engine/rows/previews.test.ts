import type { DataType } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, everyType, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine
let dataset: string
const COUNT = 60
const rows = Array.from({ length: COUNT }, (_, index) => index)
const item = (type: DataType) => new arrow.Field('item', type, true)
const texts = rows.map((row) => (row === 3 ? null : row === 4 ? 'short' : 'é😀x'.repeat(10_000 + row)))
const bytes = rows.map((row) => (row === 5 ? null : new Uint8Array(200_000 + row).fill(row)))
const lists = rows.map((row) => (row === 6 ? null : Array.from({ length: row * 100 }, (_, index) => index)))
const structs = rows.map((row) => (row === 7 ? null : { path: `p${row}`, bytes: row === 8 ? null : bytes[0] }))

beforeAll(async () => {
  engine = await makeTestEngine()
  const image = new arrow.Struct([
    new arrow.Field('path', new arrow.Utf8(), true),
    new arrow.Field('bytes', new arrow.Binary(), true),
  ])
  const table = await engine.folder.create(
    'big',
    tableOf({
      id: column(new arrow.Int64(), rows.map(BigInt)),
      text: column(new arrow.Utf8(), texts),
      large: column(new arrow.LargeUtf8(), texts),
      bytes: column(new arrow.LargeBinary(), bytes),
      list: column(new arrow.List(item(new arrow.Int32())), lists),
      image: column(image, structs),
      words: column(
        new arrow.List(item(new arrow.Utf8())),
        rows.map(() => ['w'.repeat(5000), 'ok']),
      ),
      vector: column(
        new arrow.FixedSizeList(4, item(new arrow.Float32())),
        rows.map((row) => [row, 1, 2, 3]),
      ),
    }),
  )
  await table.addColumns([{ name: 'long_list', valueSql: "arrow_cast(list, 'LargeList(Int32)')" }])
  dataset = await engine.open('big')
})
afterAll(() => engine.remove())

const size = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.byteLength, 0)
const cutText = (text: string | null): string | null => (text === null ? null : [...text].slice(0, 400).join(''))

describe('a page of big values', () => {
  it('ships small previews with full lengths beside them', async () => {
    const result = await page(engine, { dataset })
    expect(size(result.arrow)).toBeLessThan(400_000)
    const preview = (name: string) => result.previews.find((entry) => entry.column === name)
    expect(result.previews.map((entry) => [entry.column, entry.kept])).toEqual([
      ['text', 400],
      ['large', 400],
      ['bytes', 64],
      ['list', 32],
      ['image', 100],
      ['words', 0],
      ['long_list', 32],
    ])
    expect(valuesOf(result, 'text')).toEqual(texts.map(cutText))
    expect(valuesOf(result, 'large')).toEqual(texts.map(cutText))
    expect(valuesOf(result, preview('text')!.lengthColumn)).toEqual(
      texts.map((text) => (text === null ? null : [...text].length)),
    )
    expect(valuesOf(result, 'bytes')).toEqual(bytes.map((value) => value?.subarray(0, 64) ?? null))
    expect(valuesOf(result, preview('bytes')!.lengthColumn)).toEqual(bytes.map((value) => value?.length ?? null))
    for (const name of ['list', 'long_list']) {
      expect(valuesOf(result, name).map((value) => JSON.stringify(value))).toEqual(
        lists.map((list) => JSON.stringify(list?.slice(0, 32) ?? null)),
      )
      expect(valuesOf(result, preview(name)!.lengthColumn)).toEqual(lists.map((list) => list?.length ?? null))
    }
    expect(valuesOf(result, 'id')).toEqual(rows.map(BigInt))
    expect(JSON.stringify(valuesOf(result, 'vector')[9])).toBe('[9,1,2,3]')
    const names = arrow.tableFromIPC(result.arrow[0]).schema.fields.map((field) => field.name)
    expect(names.at(-1)).toBe('_rowid')
  })

  it('tells null structs from structs of nulls, and marks texts cut inside', async () => {
    const result = await page(engine, { dataset, columns: ['image', 'words'] })
    const images = valuesOf(result, 'image') as ({ path: string; bytes: Uint8Array | null } | null)[]
    expect(images[7]).toBeNull()
    expect([images[8]!.path, images[8]!.bytes]).toEqual(['p8', null])
    expect([images[9]!.path, images[9]!.bytes!.length]).toEqual(['p9', 128])
    const lengths = valuesOf(result, result.previews[0]!.lengthColumn)
    expect([lengths[7], lengths[8], lengths[9]]).toEqual([null, 2, 200_002])
    expect(JSON.stringify(valuesOf(result, 'words')[0])).toBe(JSON.stringify([`${'w'.repeat(100)}…`, 'ok']))
  })

  it('keeps the view order of a sorted view', async () => {
    const result = await page(engine, {
      dataset,
      columns: ['id', 'text'],
      orderBy: [{ column: 'id', descending: true }],
      filter: 'id >= 5',
    })
    expect(valuesOf(result, 'id')).toEqual(rows.slice(5).map(BigInt).toReversed())
    expect(valuesOf(result, 'text')[0]).toBe(cutText(texts.at(-1)!))
  })

  it('cuts nothing where nothing is long', async () => {
    const result = await page(engine, { dataset, columns: ['id', 'vector'] })
    expect(result.previews).toEqual([])
  })

  it('gives whole values one by one', async () => {
    const cell = await engine.rows['cells.get']({ dataset, rowId: '9', column: 'text' }, idle)
    if (cell.kind !== 'arrow') throw new Error('not Arrow')
    expect(arrow.tableFromIPC(cell.arrow).getChildAt(0)!.get(0)).toBe(texts[9])
  })

  it('leaves every other type exactly as it was', async () => {
    const columns = everyType()
    const filler = column(new arrow.Utf8(), ['x'.repeat(3_000_000), 'y', null])
    await engine.folder.create('mixed', tableOf({ ...columns, filler }))
    const mixed = await engine.open('mixed')
    const result = await page(engine, { dataset: mixed })
    expect(result.previews.length).toBeGreaterThan(0)
    const got = arrow.tableFromIPC(result.arrow[0])
    for (const [name, vector] of Object.entries(columns)) {
      const back = got.getChild(name)!
      const read = arrow.DataType.isDictionary(vector.type) ? vector.type.dictionary : vector.type
      expect(String(back.type), name).toBe(String(read))
      const json = (value: unknown) =>
        JSON.stringify(value, (_, it: unknown) => (typeof it === 'bigint' ? `${it}n` : it))
      expect(
        [0, 1, 2].map((row) => json(back.get(row))),
        name,
      ).toEqual([0, 1, 2].map((row) => json(vector.get(row))))
    }
  })
})
