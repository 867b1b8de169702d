import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Arrow from 'apache-arrow'
import type * as LanceDb from '@lancedb/lancedb'

// The same CommonJS copies the engine uses; see module.ts.
process.env['LANCEDB_LOG'] ??= 'error'
const require = createRequire(import.meta.url)
export const lancedb = require('@lancedb/lancedb') as typeof LanceDb
export const arrow = require('apache-arrow') as typeof Arrow

/** Arrow columns by name, in order. */
export type Columns = Readonly<Record<string, Arrow.Vector>>

/** A temporary folder to make datasets in. Call `remove` after the tests. */
export interface TableFolder {
  readonly path: string
  locate(name: string): string
  create(name: string, table: Arrow.Table, storageOptions?: Record<string, string>): Promise<LanceDb.Table>
  remove(): void
}

export async function makeTableFolder(): Promise<TableFolder> {
  const path = mkdtempSync(join(tmpdir(), 'tiltyard-tables-'))
  const connection = await lancedb.connect(path)
  return {
    path,
    locate: (name) => join(path, `${name}.lance`),
    create: (name, table, storageOptions) =>
      connection.createTable(name, table, storageOptions === undefined ? {} : { storageOptions }),
    remove: () => {
      connection.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** A column of any type from JS values, nulls included. */
export function column(type: Arrow.DataType, values: readonly unknown[]): Arrow.Vector {
  const builder = arrow.makeBuilder({ type, nullValues: [null] })
  for (const value of values) builder.append(value)
  return builder.finish().toVector()
}

/** A table of nullable columns; `metadata` by column name. */
export function tableOf(columns: Columns, metadata: Readonly<Record<string, Map<string, string>>> = {}): Arrow.Table {
  const fields = Object.entries(columns).map(
    ([name, vector]) => new arrow.Field(name, vector.type, true, metadata[name]),
  )
  const schema = new arrow.Schema(fields)
  const children = Object.values(columns).map((vector) => vector.data[0]!)
  const data = arrow.makeData({
    type: new arrow.Struct(fields),
    length: children[0]!.length,
    nullCount: 0,
    children,
  })
  return new arrow.Table(schema, [new arrow.RecordBatch(schema, data)])
}

/** `id` 0 … count-1 with a text each: the plainest table with an order one can check. */
export function numbered(count: number, from = 0): Arrow.Table {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  return tableOf({
    id: column(new arrow.Int64(), ids.map(BigInt)),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => `row ${id}`),
    ),
  })
}

const item = (type: Arrow.DataType): Arrow.Field => new arrow.Field('item', type, true)

/** One column per Arrow type Lance stores, three rows each: a plain value, an extreme one, and null. */
export function everyType(): Columns {
  const { TimeUnit, DateUnit } = arrow
  const mapType = new arrow.Map_(
    new arrow.Field(
      'entries',
      new arrow.Struct<{ key: Arrow.Utf8; value: Arrow.Int32 }>([
        new arrow.Field('key', new arrow.Utf8(), false),
        new arrow.Field('value', new arrow.Int32(), true),
      ]),
      false,
    ),
  )
  const decimal = (digits: bigint, words: number): Uint32Array =>
    Uint32Array.from({ length: words }, (_, word) => Number((digits >> BigInt(32 * word)) & 0xffffffffn))
  return {
    i8: column(new arrow.Int8(), [1, -128, null]),
    u64: column(new arrow.Uint64(), [1n, 2n ** 64n - 1n, null]),
    i64: column(new arrow.Int64(), [1n, 2n ** 53n + 1n, null]),
    f16: column(new arrow.Float16(), [1.5, -0.25, null]),
    f32: column(new arrow.Float32(), [1.5, Number.NaN, null]),
    f64: column(new arrow.Float64(), [0.1, -Infinity, null]),
    flag: column(new arrow.Bool(), [true, false, null]),
    utf8: column(new arrow.Utf8(), ['a', '', null]),
    large_utf8: column(new arrow.LargeUtf8(), ['a', 'naïve 😀', null]),
    binary: column(new arrow.Binary(), [new Uint8Array([1, 2]), new Uint8Array(0), null]),
    large_binary: column(new arrow.LargeBinary(), [new Uint8Array([255]), new Uint8Array([0]), null]),
    fixed_binary: column(new arrow.FixedSizeBinary(3), [new Uint8Array([1, 2, 3]), new Uint8Array([9, 9, 9]), null]),
    decimal128: column(new arrow.Decimal(3, 20, 128), [decimal(12345000n, 4), decimal(2n ** 128n - 12345n, 4), null]),
    decimal256: column(new arrow.Decimal(3, 50, 256), [decimal(12345000n, 8), decimal(10n ** 49n, 8), null]),
    date32: column(new arrow.DateDay(), [new Date('2024-02-29'), new Date('1901-01-01'), null]),
    date64: column(new arrow.Date_(DateUnit.MILLISECOND), [new Date('2024-02-29'), new Date(0), null]),
    time64: column(new arrow.TimeNanosecond(), [86_399_999_999_999n, 0n, null]),
    time32: column(new arrow.TimeSecond(), [86_399, 0, null]),
    ts_ns: column(new arrow.Timestamp(TimeUnit.NANOSECOND, null), [1, 2, null]),
    ts_us_utc: column(new arrow.Timestamp(TimeUnit.MICROSECOND, 'UTC'), [1_700_000_000_123, 0, null]),
    duration: column(new arrow.DurationMicrosecond(), [123n, -5n, null]),
    list: column(new arrow.List(item(new arrow.Int32())), [[1, null, 3], [], null]),
    list_list: column(new arrow.List(item(new arrow.List(item(new arrow.Utf8())))), [[['a'], []], [], null]),
    vector: column(new arrow.FixedSizeList(4, item(new arrow.Float32())), [
      [1, 2, 3, 4],
      [0, 0, 0, -1],
      null,
      null,
    ]).slice(0, 3),
    vector16: column(new arrow.FixedSizeList(2, item(new arrow.Float16())), [[1.5, 2], [0, -1], null, null]).slice(
      0,
      3,
    ),
    struct: column(
      new arrow.Struct([
        new arrow.Field('a', new arrow.Int64(), true),
        new arrow.Field('b', new arrow.Struct([new arrow.Field('c', new arrow.Utf8(), true)]), true),
      ]),
      [{ a: 1n, b: { c: 'x' } }, { a: null, b: { c: null } }, null],
    ),
    map: column(mapType, [new Map([['k', 1]]), new Map(), null]),
    dictionary: column(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), ['red', 'green', null]),
  }
}
