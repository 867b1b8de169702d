import { expect, it } from 'vitest'
import type { DataType } from 'apache-arrow'
import { castFor, nulls } from './cast-data.ts'
import { arrow, column, everyType } from './tables.fixture.ts'

const item = (type: DataType) => new arrow.Field('item', type, true)

function cast(from: DataType, to: DataType, values: readonly unknown[]): readonly unknown[] | undefined {
  const turn = castFor(from, to)
  const data = column(from, values).data[0]
  if (turn === undefined || data === undefined) return undefined
  const made = new arrow.Vector([turn(data)])
  return Array.from({ length: made.length }, (_, row) => {
    const value: unknown = made.get(row)
    return value instanceof arrow.Vector ? value.toJSON() : value
  })
}

it('widens without losing a value', () => {
  expect(cast(new arrow.Int32(), new arrow.Int64(), [1, -5, null])).toEqual([1n, -5n, null])
  expect(cast(new arrow.Uint32(), new arrow.Int64(), [4_000_000_000, null])).toEqual([4_000_000_000n, null])
  expect(cast(new arrow.Int32(), new arrow.Float64(), [7, null])).toEqual([7, null])
  expect(cast(new arrow.Float32(), new arrow.Float64(), [1.5, null])).toEqual([1.5, null])
  expect(cast(new arrow.Utf8(), new arrow.LargeUtf8(), ['a', null, 'ü'])).toEqual(['a', null, 'ü'])
  expect(cast(new arrow.TimestampMillisecond(), new arrow.TimestampMicrosecond(), [1_700_000_000_123, null])).toEqual([
    1_700_000_000_123,
    null,
  ])
  expect(cast(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), new arrow.Utf8(), ['x', 'y', null])).toEqual([
    'x',
    'y',
    null,
  ])
  expect(
    cast(new arrow.List(item(new arrow.Int32())), new arrow.List(item(new arrow.Int64())), [[1, null], []]),
  ).toEqual([[1n, null], []])
})

it('refuses what would lose some', () => {
  for (const [from, to] of [
    [new arrow.Int64(), new arrow.Int32()],
    [new arrow.Int64(), new arrow.Float64()],
    [new arrow.Float64(), new arrow.Int64()],
    [new arrow.Float64(), new arrow.Float32()],
    [new arrow.Int32(), new arrow.Uint32()],
    [new arrow.Utf8(), new arrow.Int64()],
    [new arrow.TimestampMicrosecond(), new arrow.TimestampMillisecond()],
    [new arrow.TimestampMicrosecond('UTC'), new arrow.TimestampMicrosecond()],
    [new arrow.FixedSizeList(3, item(new arrow.Float32())), new arrow.FixedSizeList(4, item(new arrow.Float32()))],
  ] as const) {
    expect(castFor(from, to), `${String(from)} to ${String(to)}`).toBeUndefined()
  }
})

it('knows a type that was read for the one that was made', () => {
  const vectors = everyType()
  for (const [name, vector] of Object.entries(vectors)) {
    const table = new arrow.Table({ [name]: vector })
    const read = arrow.tableFromIPC(arrow.tableToIPC(table, 'file')).schema.fields[0]?.type as DataType
    expect(castFor(vector.type, read), name).toBeDefined()
    expect(castFor(read, vector.type), name).toBeDefined()
  }
})

it('makes nulls of every type', () => {
  for (const [name, vector] of Object.entries(everyType())) {
    const made = new arrow.Vector([nulls(vector.type, 3)])
    expect([made.get(0), made.get(2)], name).toEqual([null, null])
  }
})
