import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { utils, write as writeBook, type WorkSheet } from '@e965/xlsx'
import { describe, expect, it, vi } from 'vitest'
import { arrow, column, lancedb, tableOf, type Columns } from '../lance/tables.fixture.ts'
import { loadParquet } from '../tables/parquet/module.ts'
import { documents, isBuilt, newAt, outcome, rowsOf, run, tables, useImportDesk } from './imports.fixture.ts'
import { blobsOf, plain, typesOf, valuesOf } from './values.fixture.ts'
import { zstdOf } from './zstd.fixture.ts'

/* Tables of every kind, imported by a real engine: every value comes as the source has it. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const desk = useImportDesk()
const { place, write } = desk

async function parquetOf(columns: Columns, rowGroup: number): Promise<Uint8Array> {
  const { Table, WriterPropertiesBuilder, writeParquet } = await loadParquet()
  const bytes = arrow.tableToIPC(tableOf(columns), 'stream')
  return writeParquet(Table.fromIPCStream(bytes), new WriterPropertiesBuilder().setMaxRowGroupSize(rowGroup).build())
}

const wantedOf = (columns: Columns) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, vector]) => [name, Array.from(vector as Iterable<unknown>, plain)]),
  )

/** `id`, `name` and `price`, some of them null. */
function goods(from: number, count: number): Columns {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  return {
    id: column(
      new arrow.Int64(),
      ids.map((id) => BigInt(id)),
    ),
    name: column(
      new arrow.Utf8(),
      ids.map((id) => (id % 5 === 0 ? null : `thing, "${id}"`)),
    ),
    price: column(
      new arrow.Float64(),
      ids.map((id) => (id % 7 === 0 ? null : id / 8)),
    ),
  }
}

const csvOf = (from: number, count: number): string =>
  `id,name,price\n${Array.from({ length: count }, (_, index) => {
    const id = from + index
    return `${id},${id % 5 === 0 ? '' : `"thing, ""${id}"""`},${id % 7 === 0 ? '' : id / 8}\n`
  }).join('')}`

const jsonLinesOf = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const id = from + index
    return `${JSON.stringify({ id, name: id % 5 === 0 ? null : `thing, "${id}"`, price: id % 7 === 0 ? null : id / 8 })}\n`
  }).join('')

describe.skipIf(!isBuilt)('typed files', () => {
  it('come with several row groups and batches, in their order', async () => {
    const columns = goods(0, 5000)
    const location = place()
    await run(desk.world, tables([write('groups.parquet', await parquetOf(columns, 700))], newAt(location)))
    expect(await valuesOf(location)).toEqual(wantedOf(columns))
    const parts = new arrow.Table([0, 1000, 2000].flatMap((from) => tableOf(goods(from, 1000)).batches))
    const other = place()
    await run(desk.world, tables([write('batches.arrow', arrow.tableToIPC(parts, 'file'))], newAt(other)))
    expect(await valuesOf(other)).toEqual(wantedOf(goods(0, 3000)))
  })

  it('without rows are refused by themselves, and nothing is made; among others they are done', async () => {
    const none = goods(0, 0)
    const empty = [
      write('none/a.parquet', await parquetOf(none, 10)),
      write('none/b.arrow', arrow.tableToIPC(tableOf(none), 'file')),
      write('none/c.csv', 'id,name,price\n'),
    ]
    const location = place()
    await expect(run(desk.world, tables(empty, newAt(location)))).rejects.toMatchObject({
      code: 'schema-mismatch',
      message: expect.stringContaining('no rows'),
    })
    expect(existsSync(location)).toBe(false)
    write('none/d.parquet', await parquetOf(goods(0, 20), 10))
    const spec = tables([join(desk.folder, 'none')], newAt(location))
    expect(await run(desk.world, spec)).toMatchObject({ rowsWritten: 20, filesDone: 4, filesFailed: [] })
    expect(await valuesOf(location)).toEqual(wantedOf(goods(0, 20)))
  })
})

describe.skipIf(!isBuilt)('workbooks', () => {
  const book = (): Uint8Array => {
    const day = (date: number): Date => new Date(Date.UTC(2024, 1, date))
    const first: WorkSheet = utils.aoa_to_sheet(
      [
        ['id', 'day', 'moment', 'ok', 'mixed', 'sum', 'ref'],
        [1, day(3), new Date(Date.UTC(2024, 1, 3, 12, 30, 15)), true, 'x', 0, 0],
        [2, day(4), new Date(Date.UTC(1999, 11, 31, 23, 59, 59)), false, 5, 0, 0],
        [3, null, new Date(Date.UTC(1931, 4, 6, 7, 8, 9, 123)), null, true, 0, 0],
      ],
      { UTC: true },
    )
    for (const row of [2, 3, 4]) first[`F${row}`] = { t: 'n', v: row * 1.5, f: `A${row}*1.5` }
    first['G2'] = { t: 's', v: 'a1', f: '"a"&A2' }
    first['G3'] = { t: 'e', v: 7, w: '#DIV/0!', f: '1/0' }
    first['G4'] = { t: 's', v: 'a3', f: '"a"&A4' }
    const made = utils.book_new()
    utils.book_append_sheet(made, utils.aoa_to_sheet([]), 'Nothing')
    utils.book_append_sheet(made, first, 'Figures')
    const others = [
      ['word', 'weight'],
      ['ä', 1e-7],
      ['😀', 12345678901],
    ]
    utils.book_append_sheet(made, utils.aoa_to_sheet(others), 'Wörter & mehr')
    return writeBook(made, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array
  }

  it('come with dates, formulas, truth values, mixed columns and errors of cells', async () => {
    const location = place()
    await run(desk.world, tables([write('book.xlsx', book())], newAt(location)))
    expect(await typesOf(location)).toMatchObject({ id: 'Int64', day: 'Date32<DAY>', ok: 'Bool', mixed: 'Utf8' })
    const values = await valuesOf(location)
    expect(values).toMatchObject({
      id: ['1n', '2n', '3n'],
      ok: [true, false, null],
      mixed: ['x', '5', 'true'],
      sum: [3, 4.5, 6],
      ref: ['a1', '#DIV/0!', 'a3'],
    })
    const days = values['day']?.map((day) => (day === null ? null : new Date(Number(day)).toISOString().slice(0, 10)))
    expect(days).toEqual(['2024-02-03', '2024-02-04', null])
    const moments = values['moment']?.map((at) => (at === null ? null : new Date(Number(at)).toISOString()))
    expect(moments).toEqual(['2024-02-03T12:30:15.000Z', '1999-12-31T23:59:59.000Z', '1931-05-06T07:08:09.123Z'])
  })

  it('come by the sheet that is named, and are refused for one that is empty or not there', async () => {
    const path = write('sheets.xlsx', book())
    const named = (sheet: string) => ({ rows: { kind: 'tables', reading: { sheet }, badRows: 'reject' } as const })
    const location = place()
    await run(desk.world, tables([path], newAt(location), named('Wörter & mehr')))
    expect(await valuesOf(location)).toEqual({ word: ['ä', '😀'], weight: [1e-7, 12345678901] })
    for (const sheet of ['Nothing', 'Gone']) {
      const spec = tables([path], newAt(place()), named(sheet))
      const { problems } = await desk.world.client().call('import.preview', { spec })
      expect(problems.map(({ message }) => message).join(' ')).toContain(`"${sheet}"`)
      expect(await outcome(run(desk.world, spec))).toMatch(/schema-mismatch|unreadable-source/)
    }
  })
})

describe.skipIf(!isBuilt)('another dataset', () => {
  it('comes without its deleted rows, as it was when the import began, blobs included', async () => {
    const source = place()
    for (let number = 0; number < 6; number++) write(`blobs/${number}.md`, `# ${number}\n\n${'text '.repeat(number)}\n`)
    await run(desk.world, documents([join(desk.folder, 'blobs')], newAt(source)))
    const connection = await lancedb.connect(desk.world.folder)
    const table = await connection.openTable(source.split('/').at(-1)?.replace('.lance', '') ?? '')
    await table.delete("source_path in ('blobs/0.md', 'blobs/4.md')")
    connection.close()
    const copy = place()
    await run(desk.world, tables([source], newAt(copy)))
    expect(await typesOf(copy)).toEqual(await typesOf(source))
    const names = ['uuid', 'source_path', 'content', 'tags', 'metadata', 'created_at', 'chunk']
    expect(await valuesOf(copy, names)).toEqual(await valuesOf(source, names))
    expect(await blobsOf(copy, 'raw_data')).toEqual(await blobsOf(source, 'raw_data'))
    // Into itself it ends: the version it began with is read.
    const before = (await rowsOf(copy, ['uuid'])).length
    await run(desk.world, tables([copy], { kind: 'existing', location: copy, mode: 'append' }))
    const twice = await blobsOf(copy, 'raw_data')
    expect(twice).toEqual([...twice.slice(0, before), ...twice.slice(0, before)])
  })

  it('comes with every kind of column Lance has of its own', async () => {
    const columns = {
      ...goods(0, 50),
      at: column(
        new arrow.Timestamp(2, 'Europe/Vienna'),
        Array.from({ length: 50 }, (_, row) => row * 1e9),
      ),
    }
    const connection = await lancedb.connect(desk.world.folder)
    const table = await connection.createTable('plain-source', tableOf(columns))
    await table.add(tableOf(columns))
    await table.delete('id % 3 = 0')
    connection.close()
    const source = join(desk.world.folder, 'plain-source.lance')
    const copy = place()
    expect(await run(desk.world, tables([source], newAt(copy)))).toMatchObject({ filesDone: 1 })
    expect(await typesOf(copy)).toEqual(await typesOf(source))
    expect(await valuesOf(copy)).toEqual(await valuesOf(source))
  })
})

describe.skipIf(!isBuilt)('packed and mixed', () => {
  it('tables packed with gzip and zstd come like unpacked ones', async () => {
    const wanted = wantedOf(goods(0, 3000))
    for (const [name, bytes] of [
      ['packed.csv.gz', gzipSync(csvOf(0, 3000))],
      ['packed.csv.zst', zstdOf(csvOf(0, 3000))],
      ['packed.jsonl.gz', gzipSync(jsonLinesOf(0, 3000))],
      ['packed.jsonl.zst', zstdOf(jsonLinesOf(0, 3000))],
      // Named as if it were not packed.
      ['odd.csv', gzipSync(csvOf(0, 3000))],
    ] as const) {
      const location = place()
      await run(desk.world, tables([write(name, bytes)], newAt(location)))
      expect(await valuesOf(location), name).toEqual(wanted)
    }
  })

  it('files of every kind with common columns go into one dataset', async () => {
    const narrow = {
      ...goods(40, 10),
      id: column(
        new arrow.Int32(),
        Array.from({ length: 10 }, (_, row) => 40 + row),
      ),
    }
    const connection = await lancedb.connect(join(desk.folder))
    await connection.createTable('mixed-source', tableOf(goods(60, 10)))
    connection.close()
    const sheet = utils.aoa_to_sheet([
      ['price', 'id', 'name'],
      [null, 70, null],
      [8.875, 71, 'thing, "71"'],
    ])
    const files = [
      write('mixed/0.csv.gz', gzipSync(csvOf(0, 10))),
      write('mixed/1.csv.zst', zstdOf(csvOf(10, 10))),
      write('mixed/2.jsonl', jsonLinesOf(20, 10)),
      write('mixed/3.arrow', arrow.tableToIPC(tableOf(goods(30, 10)), 'file')),
      write('mixed/4.parquet', await parquetOf(narrow, 4)),
      write('mixed/5.arrows', arrow.tableToIPC(tableOf(goods(50, 10)), 'stream')),
      join(desk.folder, 'mixed-source.lance'),
      write(
        'mixed/7.xlsx',
        writeBook({ SheetNames: ['a'], Sheets: { a: sheet } }, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array,
      ),
    ]
    const location = place()
    expect(await run(desk.world, tables(files, newAt(location)))).toMatchObject({
      rowsWritten: 72,
      filesDone: 8,
      filesFailed: [],
    })
    expect(await typesOf(location)).toEqual({ id: 'Int64', name: 'Utf8', price: 'Float64' })
    expect(await valuesOf(location)).toEqual(wantedOf(goods(0, 72)))
  })

  it('a file whose columns do not go with the others costs itself, or all of it is refused before', async () => {
    const odd = write(
      'clash/b.arrow',
      arrow.tableToIPC(
        tableOf({ id: column(new arrow.List(new arrow.Field('item', new arrow.Int8(), true)), [[1], [2]]) }),
        'file',
      ),
    )
    const spec = tables([write('clash/a.csv', csvOf(0, 3)), odd], newAt(place()))
    const { problems } = await desk.world.client().call('import.preview', { spec })
    expect(problems.find(({ severity }) => severity === 'error')?.message).toContain('"id"')
    expect(await outcome(run(desk.world, spec))).toBe('schema-mismatch')
  })
})
