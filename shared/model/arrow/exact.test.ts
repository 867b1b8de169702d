import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodePage } from './decode.ts'
import { toCsvText, toTsvText } from './delimited.ts'
import { exactValue } from './exact.ts'
import { formatCell } from './format.ts'
import { toJsonValue } from './json.ts'
import type { ExactValue } from './value.ts'

/** Written by pyarrow (fixtures/make.py), so that a shared misreading of the format cannot hide. */
const load = (name: string) =>
  decodePage([new Uint8Array(readFileSync(new URL(`fixtures/${name}.arrow`, import.meta.url)))])
/** `lance` is a batch exactly as @lancedb/lancedb 0.39 returned it: it keeps extension names, nested ones too. */
const pages = { scalars: load('scalars'), nested: load('nested'), lance: load('lance') }

function value(page: keyof typeof pages, column: string, row: number): ExactValue {
  return exactValue(pages[page].column(column)!, row)
}
const json = (page: keyof typeof pages, column: string) => [0, 1, 2].map((row) => toJsonValue(value(page, column, row)))
const text = (page: keyof typeof pages, column: string, row = 0) => formatCell(value(page, column, row))

describe('exact values as JSON', () => {
  it.each<[string, unknown[]]>([
    ['int8', [-128, 127, null]],
    ['uint32', [0, 4294967295, null]],
    ['int64', ['-9223372036854775808', '9223372036854775807', null]],
    ['uint64', ['0', '18446744073709551615', null]],
    ['float16', [0.0999755859375, 'NaN', 0]],
    ['float32', [0.10000000149011612, 'Infinity', null]],
    ['float64', [0.1, 'NaN', null]],
    ['bool', [true, false, null]],
    ['null', [null, null, null]],
    ['string', ['\ufeffümlaut 😀', '', null]],
    ['large_string', ['a\tb\nc', '', null]],
    ['string_view', ['short', 'longer than twelve bytes', null]],
    ['binary', ['AP8=', '', null]],
    ['large_binary', ['AP8=', '', null]],
    ['binary_view', ['AP8=', 'bG9uZ2VyIHRoYW4gdHdlbHZlIGJ5dGVz', null]],
    ['fixed_binary', ['YWJj', 'eHl6', null]],
    ['uuid', ['00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null]],
    ['bfloat16', [1, -3.140625, null]],
    ['json', ['{"a": 12345678901234567890}', 'not json', null]],
    ['decimal128', ['-12345.000', '99999999999999999999999999999999999.999', null]],
    ['decimal256', ['-0.00005', '100000000000000000000.12345', null]],
    ['date32', ['0001-01-01', '9999-12-31', null]],
    ['date64', ['1969-12-31', '2024-02-29', null]],
    ['time32', ['03:04:05.123', '00:00:00', null]],
    ['time64', ['03:04:05.123456789', '00:00:00', null]],
    ['timestamp_s', ['1969-12-31T23:59:59', '+010000-01-01T00:00:00', null]],
    ['timestamp_ms', ['2024-01-02T03:04:05.123Z', '1970-01-01T00:00:00Z', null]],
    ['timestamp_us', ['2024-01-02T03:04:05.123456Z', '1970-01-01T00:00:00Z', null]],
    ['timestamp_ns', ['2024-01-02T03:04:05.123456789', '1677-09-21T00:12:43.145224193', null]],
    ['duration', ['PT93784.500S', '-PT0.001S', null]],
    ['dictionary', ['red', 'blue', null]],
    [
      'interval',
      [{ months: 1, days: -2, nanoseconds: '9223372036854775807' }, { months: 0, days: 0, nanoseconds: '0' }, null],
    ],
  ])('%s', (column, expected) => {
    expect(json('scalars', column)).toEqual(expected)
  })

  it.each<[string, unknown[]]>([
    ['list', [['1', null], [], null]],
    ['large_list', [['1', null], [], null]],
    ['list_view', [['a', null], [], null]],
    ['vector', [[1, -2.5], [Math.fround(0.1), 0], null]],
    [
      'vector16',
      [
        [1, 0.0999755859375],
        [2, 3],
        [4, 5],
      ],
    ],
    ['bytes', [[0, 255], [1, 2], null]],
    ['bigs', [['9223372036854775807', '1'], ['2', '3'], null]],
    ['holes', [[1, null], [2, 3], null]],
    [
      'multivector',
      [
        [
          [1, 2],
          [3, 4],
        ],
        [],
        null,
      ],
    ],
    ['structs', [[{ a: 1 }, null], [], null]],
    [
      'map',
      [
        [
          { key: 'k', value: '1' },
          { key: 'k', value: null },
        ],
        [],
        null,
      ],
    ],
    ['number_map', [[{ key: '9223372036854775807', value: 'v' }], [], null]],
    ['uuids', [['00000000-0000-0000-0000-000000000001'], [], null]],
    ['run', ['a', 'a', null]],
    ['union', ['1', 'text', '2']],
  ])('%s', (column, expected) => {
    expect(json('nested', column)).toEqual(expected)
  })

  it('keeps a field named __proto__ and the nanoseconds inside a struct', () => {
    const [first] = json('nested', 'struct')
    expect(JSON.stringify(first)).toBe('{"at":"2024-01-02T03:04:05.123456789Z","__proto__":"x","deep":{"d":"1.50"}}')
  })

  it('gives a blob by its descriptor', () => {
    expect(json('nested', 'blob')[0]).toEqual({ kind: 1, position: '0', size: '20000000', blob_id: 1, blob_uri: '' })
  })
})

describe('kinds', () => {
  it('shares the memory of float32 vectors with the page', () => {
    const vector = value('nested', 'vector', 0)
    expect(vector.kind === 'vector' && vector.values).toBeInstanceOf(Float32Array)
    expect(vector.kind === 'vector' && (vector.values as Float32Array).buffer.byteLength).toBeGreaterThan(1000)
  })

  it('reads a list with holes and one of 64-bit integers as lists, not vectors', () => {
    expect(value('nested', 'holes', 0).kind).toBe('list')
    expect(value('nested', 'bigs', 0).kind).toBe('list')
  })

  it('knows blobs by extension, and legacy ones by the schema', () => {
    expect(value('nested', 'blob', 0)).toMatchObject({ kind: 'blob', storage: 'packed', size: 20_000_000n, uri: null })
    expect(value('nested', 'blob', 1)).toMatchObject({ kind: 'blob', storage: 'external', uri: 'file:///x' })
    expect(value('nested', 'blob', 2)).toEqual({ kind: 'null' })
    expect(value('nested', 'legacy_blob', 0).kind).toBe('struct')
    const bytes = new Uint8Array(readFileSync(new URL('fixtures/nested.arrow', import.meta.url)))
    const field = {
      id: 0,
      name: 'legacy_blob',
      type: 'large_binary',
      logicalType: 'large_binary',
      kind: 'blob',
      nullable: true,
      metadata: {},
      children: [],
    } as const
    const page = decodePage([bytes], undefined, [field])
    expect(exactValue(page.column('legacy_blob')!, 0)).toMatchObject({ kind: 'blob', storage: 'legacy', size: 10n })
  })

  it('keeps the raw count and the zone of a timestamp', () => {
    expect(value('scalars', 'timestamp_ms', 0)).toMatchObject({
      epoch: 1704164645123n,
      unit: 'ms',
      zone: 'Europe/Berlin',
    })
  })
})

describe('a batch from LanceDB', () => {
  it('tells its special types by extension', () => {
    expect(value('lance', 'uuid', 0)).toEqual({ kind: 'uuid', text: '01010101-0101-0101-0101-010101010101' })
    expect(value('lance', 'uuid', 1)).toEqual({ kind: 'null' })
    expect(value('lance', 'json', 0)).toEqual({ kind: 'json', text: '{"a":1}' })
    expect(value('lance', 'bf', 1)).toMatchObject({
      kind: 'vector',
      element: 'bfloat16',
      values: Float32Array.of(1, -3.140625),
    })
    expect(value('lance', 'f16', 1)).toMatchObject({
      kind: 'vector',
      element: 'float16',
      values: Float32Array.of(3, 4),
    })
    expect(value('lance', 'dict', 0)).toEqual({ kind: 'string', value: 'x' })
    expect(value('lance', 'dec', 0)).toEqual({ kind: 'decimal', text: '0.005' })
    expect(value('lance', 'ts', 0)).toMatchObject({ kind: 'timestamp', unit: 'ns', zone: 'Europe/Berlin' })
  })
})

describe('cell text', () => {
  it('tells null, empty, NaN and the word apart', () => {
    expect(text('scalars', 'string', 1)).toEqual({ text: '""', tone: 'special', note: 'empty' })
    expect(text('scalars', 'string', 2)).toEqual({ text: 'NULL', tone: 'special' })
    expect(text('scalars', 'float64', 1)).toEqual({ text: 'NaN', tone: 'special' })
    expect(text('scalars', 'binary', 1)).toEqual({ text: 'empty', tone: 'special', note: '0 B' })
  })

  it('shows control characters instead of breaking the line', () => {
    expect(text('scalars', 'large_string').text).toBe('a⇥b↵c')
  })

  it('notes zones, sizes and counts', () => {
    expect(text('scalars', 'timestamp_ms')).toMatchObject({ text: '2024-01-02 03:04:05.123Z', note: 'Europe/Berlin' })
    expect(text('scalars', 'binary')).toMatchObject({ text: '0x00ff', note: '2 B' })
    expect(text('nested', 'list')).toMatchObject({ text: '[1, null]', note: '2 items' })
    expect(text('nested', 'map')).toMatchObject({ text: '{"k": 1, "k": null}', note: '2 entries' })
    expect(text('nested', 'vector')).toMatchObject({ text: '[1.000, -2.500]', note: '2 × float32' })
    expect(text('nested', 'blob')).toMatchObject({ text: 'packed blob', note: '20 MB' })
  })

  it('makes no more text than asked for, however long the value', () => {
    let read = 0
    const list: ExactValue = {
      kind: 'list',
      length: 1_000_000,
      item: (index) => (read++, { kind: 'integer', value: index }),
    }
    expect(formatCell(list, 50).text.length).toBeLessThan(60)
    expect(read).toBeLessThan(40)
    expect(formatCell({ kind: 'string', value: 'x'.repeat(1e6) }, 50).text).toHaveLength(51)
  })
})

describe('TSV and CSV', () => {
  it('quotes what would break the row and tells null from empty', () => {
    expect(toTsvText(value('scalars', 'large_string', 0))).toBe('"a\tb\nc"')
    expect(toCsvText(value('scalars', 'string', 1))).toBe('""')
    expect(toCsvText(value('scalars', 'string', 2))).toBe('')
    expect(toCsvText(value('nested', 'list', 0))).toBe('"[""1"",null]"')
    expect(toTsvText(value('nested', 'vector', 1))).toBe('[0.1,0]')
    expect(toCsvText(value('scalars', 'int64', 1))).toBe('9223372036854775807')
  })
})
