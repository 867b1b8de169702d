import type * as Arrow from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { createBatchHasher } from './hash-batch.ts'
import { LANES } from './hash-state.ts'
import { arrow, column, everyType, tableOf, type Columns } from './tables.fixture.ts'

/** One batch as Lance hands it over: the columns, and `_rowid` last. */
function batchOf(columns: Columns): Uint8Array {
  const rows = Object.values(columns)[0]!.length
  const ids = arrow.makeVector(BigUint64Array.from({ length: rows }, (_, row) => BigInt(row)))
  return arrow.tableToIPC(tableOf({ ...columns, _rowid: ids }), 'file')
}

/** Hash of every row over all columns, as text. */
function hashRows(columns: Columns, blobs: readonly number[] = []): string[] {
  const count = Object.keys(columns).length
  const hasher = createBatchHasher({ columns: count, key: [], blobs })
  const batch = hasher.decode(batchOf(columns))
  const { content } = hasher.hashRows(batch)
  return Array.from({ length: batch.rows }, (_, row) => content.slice(row * LANES, (row + 1) * LANES).join(' '))
}

const texts = (values: readonly (string | null)[], type: Arrow.DataType = new arrow.Utf8()): Arrow.Vector =>
  column(type, values)

describe('hashes of rows', () => {
  it('are the same for the same values, whatever type they are stored in', () => {
    const values = ['red', null, '', 'a text longer than four bytes', 'red']
    const plain = hashRows({ a: texts(values) })
    expect(hashRows({ a: texts(values, new arrow.LargeUtf8()) })).toEqual(plain)
    expect(hashRows({ a: texts(values, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())) })).toEqual(plain)
    expect(plain[4]).toBe(plain[0])
    expect(new Set(plain).size).toBe(4)
  })

  it('do not depend on the batch a row comes in', () => {
    // apache-arrow 18.1 cannot write slices of the others.
    const isSliceable = (name: string): boolean => !/^(vector|large_)/.test(name)
    const columns = Object.fromEntries(Object.entries(everyType()).filter(([name]) => isSliceable(name)))
    const rest = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(1)]))
    expect(hashRows(rest)).toEqual(hashRows(columns).slice(1))
  })

  it.each(Object.entries(everyType()))('tell values of %s apart, and null', (_name, values) => {
    expect(new Set(hashRows({ values })).size).toBe(3)
  })

  it('tell apart values that only look alike side by side', () => {
    const rows = hashRows({
      a: texts(['ab', 'a', '', null, 'abc', null, '']),
      b: texts(['c', 'bc', 'abc', 'abc', null, null, '']),
    })
    expect(new Set(rows).size).toBe(rows.length)
  })

  it('take all NaNs for one and zero and minus zero for two', () => {
    const bits = new Float64Array(new BigUint64Array([0x7ff8000000000000n, 0xfff0000000000001n, 0n, 1n << 63n]).buffer)
    const doubles = hashRows({ a: arrow.makeVector(bits) })
    expect(doubles[0]).toBe(doubles[1])
    expect(doubles[2]).not.toBe(doubles[3])
    const singles = hashRows({
      a: arrow.makeVector(new Float32Array(Uint32Array.of(0x7fc00000, 0xff800001, 0x7f800000).buffer)),
    })
    expect(singles[0]).toBe(singles[1])
    expect(singles[0]).not.toBe(singles[2])
  })

  it('ignore what lies under a null', () => {
    const nulls = { length: 2, nullCount: 1, nullBitmap: Uint8Array.of(0b01) }
    const make = (data: Int32Array): Columns => ({
      a: arrow.makeVector(arrow.makeData({ type: new arrow.Int32(), ...nulls, data })),
    })
    expect(hashRows(make(Int32Array.of(1, 99)))).toEqual(hashRows(make(Int32Array.of(1, 7))))
  })

  it('tell lists, nested nulls and empty values apart', () => {
    const list = new arrow.List(new arrow.Field('item', new arrow.Utf8(), true))
    const rows = hashRows({ a: column(list, [['a', 'b'], ['ab'], [], null, [null], ['a', null], [null, 'a'], ['']]) })
    expect(new Set(rows).size).toBe(rows.length)
    const struct = new arrow.Struct([new arrow.Field('x', new arrow.Int32(), true)])
    const structs = hashRows({ a: column(struct, [{ x: null }, null, { x: 0 }]) })
    expect(new Set(structs).size).toBe(3)
  })

  it('do not collide over values that differ in few bits', () => {
    const count = 100_000
    const signs = Array.from({ length: count }, (_, row) => row)
    const rows = hashRows({
      a: arrow.makeVector(Float64Array.from(signs, (row) => (row % 2 === 0 ? 1 : -1) * ((row >> 1) % 300))),
      b: arrow.makeVector(Float64Array.from(signs, (row) => (row % 3 === 0 ? -2 : 2) * Math.floor(row / 600))),
      c: arrow.makeVector(Int32Array.from(signs, (row) => (row % 5) << 29)),
    })
    const distinct = new Set(
      signs.map((row) =>
        [(row % 2 === 0 ? 1 : -1) * ((row >> 1) % 300), (row % 3 === 0 ? -2 : 2) * Math.floor(row / 600), row % 5]
          .map((value) => (Object.is(value, -0) ? '-0' : value))
          .join(),
      ),
    )
    expect(new Set(rows).size).toBe(distinct.size)
    // The half kept of a row's content tells them apart just as well.
    expect(new Set(rows.map((row) => row.split(' ').slice(0, 2).join(' '))).size).toBe(distinct.size)
  })

  it('mark rows with a null in their key', () => {
    const hasher = createBatchHasher({ columns: 2, key: [0], blobs: [] })
    const batch = hasher.decode(batchOf({ a: texts(['x', null, 'x']), b: texts(['1', '1', null]) }))
    const { key, nullKeys } = hasher.hashRows(batch)
    expect([...nullKeys.subarray(0, 3)]).toEqual([0, 1, 0])
    expect(key.slice(0, LANES)).toEqual(key.slice(2 * LANES, 3 * LANES))
    expect([...batch.ids]).toEqual([0n, 1n, 2n])
  })

  it('hash cells column by column, nulls apart from everything', () => {
    const { cells, isNull } = createBatchHasher({ columns: 2, key: [], blobs: [] }).hashCells(
      batchOf({ a: texts(['x', null, 'x']), b: texts(['x', '', null]) }),
    )
    const cell = (number: number, row: number): string => cells[number]!.slice(row * 2, row * 2 + 2).join()
    expect(cell(0, 0)).toBe(cell(0, 2))
    expect(cell(0, 0)).toBe(cell(1, 0))
    expect(cell(0, 1)).not.toBe(cell(1, 1))
    expect([isNull(0, 1), isNull(1, 1), isNull(1, 2)]).toEqual([true, false, true])
  })
})
