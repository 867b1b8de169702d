import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import {
  bool,
  columnFromArray,
  dictionary,
  fixedSizeList,
  float32,
  float64,
  int32,
  int64,
  largeUtf8,
  list,
  struct,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { TableKind } from '#shared/model/import/source.ts'
import type { TablePlan } from '../parsing/index.ts'
import { Parser, PARSER_FILE } from '../parsing/parser.ts'
import { loadParquet } from './parquet/module.ts'
import { Random } from './random.fixture.ts'
import { sourceOf } from './tables.fixture.ts'

const ROWS = 400
const ROUNDS = 60
/** What one damaged file may cost, the thread and what tests hold included. */
const MAX_GROWTH_BYTES = 700 * 1024 ** 2
/** Nothing else may come of a damaged file; `invalid-input` when two of its columns have come to share a name. */
const EXPECTED = ['unreadable-source', 'too-large', 'bad-rows', 'invalid-input']

const numbers = Array.from({ length: ROWS }, (_, id) => id)
const table = tableFromColumns({
  id: columnFromArray(numbers.map(BigInt), int64()),
  list: columnFromArray(
    numbers.map((id) => Array.from({ length: id % 4 }, () => id)),
    list(float64()),
  ),
  vector: columnFromArray(
    numbers.map((id) => [id, 1]),
    fixedSizeList(float32(), 2),
  ),
  text: columnFromArray(
    numbers.map((id) => (id % 7 === 0 ? null : `ä${id}`)),
    utf8(),
  ),
  long: columnFromArray(
    numbers.map((id) => `t${id}`),
    largeUtf8(),
  ),
  word: columnFromArray(
    numbers.map((id) => `w${id % 5}`),
    dictionary(utf8()),
  ),
  place: columnFromArray(
    numbers.map((id) => ({ a: id, b: 'q' })),
    struct({ a: int32(), b: utf8() }),
  ),
  flag: columnFromArray(
    numbers.map((id) => id % 2 === 0),
    bool(),
  ),
})
const stream = tableToIPC(table, { format: 'stream' }) as Uint8Array

async function parquet(packing: 'SNAPPY' | 'ZSTD' | 'UNCOMPRESSED'): Promise<Uint8Array> {
  const { Compression, Table, WriterPropertiesBuilder, writeParquet } = await loadParquet()
  const properties = new WriterPropertiesBuilder().setCompression(Compression[packing]).setMaxRowGroupSize(150)
  return writeParquet(Table.fromIPCStream(stream), properties.build())
}

function workbook(bookType: 'xlsx' | 'xlsb' | 'biff8'): Uint8Array {
  const book = utils.book_new()
  const rows = numbers.map((id) => [id, `t${id % 9}`, new Date(id * 1e9), id % 2 === 0])
  utils.book_append_sheet(book, utils.aoa_to_sheet([['a', 'b', 'c', 'd'], ...rows]), 'Sheet')
  return write(book, { type: 'buffer', bookType, compression: true }) as Uint8Array
}

const csv = `id,text\n${numbers.map((id) => `${id},text ${id}`).join('\n')}\n`
const jsonl = numbers.map((id) => JSON.stringify({ id, text: `text ${id}` })).join('\n')
const zstd = readFileSync(path.join(import.meta.dirname, 'fixtures/rows.csv.zst'))

interface Sample {
  readonly name: string
  readonly kind: TableKind
  readonly bytes: () => Promise<Uint8Array> | Uint8Array
  readonly compression?: 'gzip' | 'zstd'
  /** The time limit of the thread is all that ends some of its damage. */
  readonly mayHang?: true
}

const samples: readonly Sample[] = [
  { name: 'Arrow stream', kind: 'arrow', bytes: () => stream },
  { name: 'Arrow file', kind: 'arrow', bytes: () => tableToIPC(table, { format: 'file' }) as Uint8Array },
  { name: 'Parquet', kind: 'parquet', bytes: () => parquet('UNCOMPRESSED') },
  { name: 'Parquet, snappy', kind: 'parquet', bytes: () => parquet('SNAPPY') },
  { name: 'Parquet, zstd', kind: 'parquet', bytes: () => parquet('ZSTD') },
  { name: 'workbook', kind: 'xlsx', bytes: () => workbook('xlsx') },
  { name: 'binary workbook', kind: 'xlsx', bytes: () => workbook('xlsb') },
  { name: 'old workbook', kind: 'xlsx', bytes: () => workbook('biff8'), mayHang: true },
  { name: 'CSV, gzip', kind: 'csv', bytes: () => gzipSync(csv), compression: 'gzip' },
  { name: 'CSV, zstd', kind: 'csv', bytes: () => zstd, compression: 'zstd' },
  { name: 'JSON Lines, gzip', kind: 'jsonl', bytes: () => gzipSync(jsonl), compression: 'gzip' },
  { name: 'CSV', kind: 'csv', bytes: () => Buffer.from(csv) },
  { name: 'JSON Lines', kind: 'jsonl', bytes: () => Buffer.from(jsonl) },
  { name: 'JSON', kind: 'json', bytes: () => Buffer.from(`[${jsonl.replaceAll('\n', ',\n')}]`) },
]

/** Cut off, or with a few bytes changed; headers and footers more often than what is between. */
function damaged(random: Random, whole: Uint8Array): Buffer {
  const bytes = Buffer.from(random.once(4) ? whole.subarray(0, random.next(whole.length)) : whole)
  if (bytes.length === 0) return bytes
  for (let left = 1 + random.next(4); left > 0; left--) {
    const edge = Math.min(1500, bytes.length)
    const at = random.pick([random.next(bytes.length), random.next(edge), bytes.length - 1 - random.next(edge)])
    const byte = bytes[at] as number
    bytes[at] = random.pick([255, 0, byte ^ (1 << random.next(8)), random.next(256)])
  }
  return bytes
}

describe.skipIf(!existsSync(PARSER_FILE))('damaged tables, through the thread', () => {
  let parser: Parser
  beforeAll(() => {
    parser = new Parser({ timeoutMs: 10_000 })
  })
  afterEach(async () => {
    expect(await read(parser, sourceOf('csv', 'a,b\n1,2\n'))).toBe(1)
  })
  afterAll(() => parser.close())

  it.each(samples)('$name', { timeout: 120_000 }, async ({ kind, bytes, name: _, mayHang, ...more }) => {
    const whole = await bytes()
    const plan = { badRows: 'reject', ...more } as const
    expect(await read(parser, sourceOf(kind, whole, plan))).toBe(ROWS)
    const random = new Random(whole.length)
    const before = process.memoryUsage().rss
    const expected = mayHang === true ? [...EXPECTED, 'timeout'] : EXPECTED
    for (let round = 0; round < (mayHang === true ? ROUNDS / 2 : ROUNDS); round++) {
      const result = await read(parser, sourceOf(kind, damaged(random, whole), plan)).catch((error: unknown) => error)
      if (typeof result === 'number') continue
      expect(result, `round ${round}`).toBeInstanceOf(AppError)
      expect(expected, `round ${round}: ${String(result)}`).toContain((result as AppError).code)
      expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES)
    }
  })

  it('a file that fills the heap of the thread costs itself alone', async () => {
    const rows = Array.from({ length: 60_000 }, (_, id) => [id, `text ${id}`, id / 7, `more ${id}`])
    const book = { SheetNames: ['a'], Sheets: { a: utils.aoa_to_sheet(rows) } }
    const large = sourceOf('xlsx', write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array)
    expect(statSync(large.path).size).toBeLessThan(5 * 1024 ** 2)
    const small = new Parser({ heapMegabytes: 32, timeoutMs: 60_000 })
    try {
      await expect(read(small, large)).rejects.toMatchObject({
        code: 'unreadable-source',
        message: `Reading "${large.name}" takes more memory than a single file is given.`,
      })
      expect(await read(small, sourceOf('csv', 'a,b\n1,2\n'))).toBe(1)
      expect(await read(small, sourceOf('parquet', await parquet('SNAPPY')))).toBe(ROWS)
    } finally {
      await small.close()
    }
  })
})

/** Rows read, types detected first as an import does. */
async function read(parser: Parser, source: TablePlan): Promise<number> {
  await parser.call('table.detect', source, source)
  let rows = 0
  for await (const batch of parser.stream('table.read', source, source)) rows += batch.rows
  return rows
}
