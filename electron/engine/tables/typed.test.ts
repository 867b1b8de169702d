import {
  bool,
  columnFromArray,
  dateDay,
  dictionary,
  float64,
  int32,
  int64,
  largeList,
  largeUtf8,
  list,
  struct,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette'
import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { loadParquet } from './parquet/module.ts'
import { batchesOf, detect, read, sourceOf } from './tables.fixture.ts'

const table = tableFromColumns({
  id: columnFromArray([1n, 2n, 9007199254740993n, null], int64()),
  vector: columnFromArray(
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ],
    list(float64()),
  ),
  items: columnFromArray([[1], null, [2, 3], []], largeList(int32())),
  text: columnFromArray(['a', 'b', null, 'ü'], largeUtf8()),
  word: columnFromArray(['x', 'y', 'x', null], dictionary(utf8())),
  at: columnFromArray([1.7e12, 0, null, -1], timestamp(TimeUnit.MILLISECOND)),
  place: columnFromArray(
    [{ a: 1, b: 'q' }, { a: 2, b: null }, null, { a: 4, b: 'z' }],
    struct({ a: int32(), b: utf8() }),
  ),
  day: columnFromArray([new Date('2024-02-03'), null, new Date(0), new Date('2001-09-09')], dateDay()),
  flag: columnFromArray([true, false, null, true], bool()),
})
const stream = tableToIPC(table, { format: 'stream' }) as Uint8Array
const file = tableToIPC(table, { format: 'file' }) as Uint8Array
const rowOne = {
  id: 1n,
  vector: [1, 2],
  items: [1],
  text: 'a',
  word: 'x',
  at: '2023-11-14T22:13:20.000Z',
  place: { a: 1, b: 'q' },
  day: '2024-02-03T00:00:00.000Z',
  flag: true,
}

async function parquet(options: { readonly rowGroup?: number } = {}): Promise<Uint8Array> {
  const { Table, WriterPropertiesBuilder, writeParquet } = await loadParquet()
  const builder = new WriterPropertiesBuilder().setMaxRowGroupSize(options.rowGroup ?? 1_000_000)
  return writeParquet(Table.fromIPCStream(stream), builder.build())
}

describe('typed sources', () => {
  it('keep their types, as plain ones, and rows come back', async () => {
    for (const source of [sourceOf('arrow', file), sourceOf('arrow', stream), sourceOf('parquet', await parquet())]) {
      const { columns } = await detect(source)
      expect(columns.filter(({ type }) => type !== 'as-is')).toMatchObject([{ source: 'vector', type: 'vector[2]' }])
      const { rows } = await read(source)
      expect(rows).toHaveLength(4)
      expect(rows[0]).toEqual(rowOne)
      expect(rows[3]).toMatchObject({ id: null, items: [], text: 'ü', word: null })
    }
  })

  it('go on at a row, stop at one, and cast with their bad values told', async () => {
    const plan = {
      columns: [
        { source: 'id', type: 'int32' as const },
        { source: 'place', type: 'as-is' as const, name: 'where' },
        { source: 'word', type: 'as-is' as const },
        { source: 'at', type: 'string' as const },
      ],
      badRows: 'reject' as const,
      skipRows: 1,
    }
    for (const source of [sourceOf('arrow', stream, plan), sourceOf('parquet', await parquet({ rowGroup: 1 }), plan)]) {
      const { rows, rejects } = await read(source)
      expect(rows).toEqual([
        { id: 2, where: { a: 2, b: null }, word: 'y', at: '1970-01-01T00:00:00' },
        { id: null, where: { a: 4, b: 'z' }, word: null, at: '1969-12-31T23:59:59.999' },
      ])
      expect(rejects).toMatchObject([{ line: 3, column: 'id', reason: 'is beyond int32', text: '9007199254740993' }])
      expect((await batchesOf({ ...source, maxRows: 1 })).map(({ sourceRows }) => sourceRows).at(-1)).toBe(2)
    }
    const short = sourceOf('arrow', stream, { columns: [{ source: 'vector', type: 'vector[3]' }] })
    await expect(read(short)).rejects.toMatchObject({ code: 'bad-rows' })
    await expect(read({ ...short, columns: [{ source: 'gone', type: 'as-is' }] })).rejects.toMatchObject({
      code: 'unreadable-source',
    })
  })

  it('are the same rows from any row to any, whatever the row groups', async () => {
    const all = (await read(sourceOf('parquet', await parquet()))).rows
    for (const rowGroup of [1, 2, 3, 100]) {
      const source = sourceOf('parquet', await parquet({ rowGroup }))
      for (let skipRows = 0; skipRows <= 4; skipRows++) {
        for (let maxRows = 1; maxRows <= 4; maxRows++) {
          const { rows } = await read({ ...source, skipRows, maxRows })
          expect(rows, `${rowGroup}, ${skipRows}, ${maxRows}`).toEqual(all.slice(skipRows, skipRows + maxRows))
        }
      }
    }
  })

  it('are refused whole when cut anywhere', async () => {
    const packed = await parquet()
    for (const [kind, bytes] of [
      ['arrow', file],
      ['arrow', stream],
      ['parquet', packed],
    ] as const) {
      for (let part = 1; part < 8; part++) {
        const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 8))
        await expect(read(sourceOf(kind, cut))).rejects.toMatchObject({ code: 'unreadable-source' })
      }
      await expect(read(sourceOf(kind, 'a,b\n1,2\n'))).rejects.toMatchObject({ code: 'unreadable-source' })
      await expect(read(sourceOf(kind, ''))).rejects.toMatchObject({ code: 'unreadable-source' })
    }
  })

  it('are refused packed from outside, with a sentence that says so', async () => {
    for (const kind of ['arrow', 'parquet', 'xlsx'] as const) {
      await expect(detect(sourceOf(kind, gzipSync(file), { compression: 'gzip' }))).rejects.toMatchObject({
        code: 'unreadable-source',
        message: expect.stringContaining('is packed with gzip'),
      })
    }
  })

  it('are cut into batches of a size that fits', async () => {
    const length = 300_000
    const long = tableFromColumns({
      id: columnFromArray(
        Array.from({ length }, (_, id) => id),
        int32(),
      ),
    })
    const batches = await batchesOf(sourceOf('arrow', tableToIPC(long, { format: 'stream' }) as Uint8Array))
    expect(batches.map(({ rows }) => rows)).toEqual([60_000, 60_000, 60_000, 60_000, 60_000])
    expect(batches.at(-1)?.sourceRows).toBe(length)
  })
})

describe('workbooks', () => {
  const workbook = (bookType: 'xlsx' | 'xlsb' | 'biff8' = 'xlsx'): Uint8Array => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Empty')
    const sheet = utils.aoa_to_sheet(
      [
        ['Report of the year'],
        [],
        ['id', 'name', 'price', 'day', 'ok', 'zip'],
        [1, 'a', 1.5, new Date(Date.UTC(2024, 1, 3)), true, 123],
        [2, 'b', 2, new Date(Date.UTC(2024, 1, 4)), false, 4567],
        [],
        ['x', 'c', null, new Date(Date.UTC(2024, 1, 5)), true, 1],
      ],
      { UTC: true },
    )
    for (const row of [3, 4, 6]) {
      const cell = sheet[utils.encode_cell({ r: row, c: 5 })]
      cell.z = '00000'
    }
    utils.book_append_sheet(book, sheet, 'Data')
    return write(book, { type: 'buffer', bookType }) as Uint8Array
  }

  it.each(['xlsx', 'xlsb', 'biff8'] as const)('reads the first sheet that has something: %s', async (bookType) => {
    const source = sourceOf('xlsx', workbook(bookType), { badRows: 'reject' })
    const { columns, reading, rows: known } = await detect(source)
    expect(reading).toMatchObject({ sheet: 'Data', skipLines: 2, hasHeader: true })
    expect(known).toBe(3)
    expect(columns.map(({ source, type }) => `${source} ${type}`)).toEqual([
      'id string',
      'name string',
      'price float64',
      'day date',
      'ok bool',
      'zip string',
    ])
    const plan = columns.map(({ source, type }) => ({ source, type: source === 'id' ? ('int64' as const) : type }))
    const { rows, rejects } = await read({ ...source, columns: plan })
    expect(rows[0]).toEqual({ id: 1n, name: 'a', price: 1.5, day: '2024-02-03T00:00:00.000Z', ok: true, zip: '00123' })
    expect(rows).toHaveLength(2)
    expect(rejects).toMatchObject([{ line: 7, column: 'id' }])
  })

  it('passes over rows that are not there, however many', async () => {
    const sheet = utils.aoa_to_sheet([
      ['a', 'b'],
      [1, 2],
    ])
    sheet['B300000'] = { t: 'n', v: 3 }
    sheet['!ref'] = 'A1:B300000'
    const bytes = write({ SheetNames: ['s'], Sheets: { s: sheet } }, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array
    const source = sourceOf('xlsx', bytes, {
      reading: { skipLines: 0, hasHeader: true },
      columns: [{ source: 'a', type: 'int64' }],
    })
    expect((await read(source)).rows).toEqual([{ a: 1n }, { a: null }])
  })

  it('refuses what is none, cut, or a bomb', async () => {
    const bytes = workbook()
    const bomb = write(
      { SheetNames: ['a'], Sheets: { a: utils.aoa_to_sheet([['x'.repeat(32_000)]]) } },
      { type: 'buffer', bookType: 'xlsx' },
    ) as Buffer
    expect(bomb.length).toBeGreaterThan(0)
    for (const content of [
      'a,b\n1,2\n',
      '',
      bytes.subarray(0, bytes.length - 40),
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    ]) {
      await expect(read(sourceOf('xlsx', content))).rejects.toMatchObject({ code: 'unreadable-source' })
    }
    await expect(read(sourceOf('xlsx', bytes, { reading: { sheet: 'None' } }))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
  })
})

it('leaves Lance datasets to the engine', async () => {
  await expect(detect(sourceOf('lance', ''))).rejects.toMatchObject({ code: 'invalid-input' })
})
