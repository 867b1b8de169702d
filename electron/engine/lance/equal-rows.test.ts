import type * as Arrow from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { bytesOfBatch, countEqualRows } from './equal-rows.ts'
import { createBatchHasher, type HashPlan } from './hash-batch.ts'
import { LANES } from './hash-state.ts'
import { arrow, column, everyType, tableOf, type Columns } from './tables.fixture.ts'

/** Equal rows from `i` of one table and `j` of the other on. */
function count(a: Columns, b: Columns, i = 0, j = 0, plan: Partial<HashPlan> = {}): number {
  const full: HashPlan = { columns: Object.keys(a).length, key: [], blobs: [], ...plan }
  const rows = Math.min(Object.values(a)[0]!.length - i, Object.values(b)[0]!.length - j)
  const [one, other] = [a, b].map((columns) => bytesOfBatch(createBatchHasher(full).decode(fileOf(columns)), full))
  return countEqualRows(one!, i, other!, j, rows)
}

function fileOf(columns: Columns): Uint8Array {
  const rows = Object.values(columns)[0]!.length
  const ids = arrow.makeVector(BigUint64Array.from({ length: rows }, (_, row) => BigInt(row)))
  return arrow.tableToIPC(tableOf({ ...columns, _rowid: ids }), 'file')
}

const texts = (values: readonly (string | null)[], type: Arrow.DataType = new arrow.Utf8()): Arrow.Vector =>
  column(type, values)
const numbers = (values: readonly (number | null)[]): Arrow.Vector => column(new arrow.Int32(), values)

describe('equal rows', () => {
  it.each(Object.entries(everyType()))('of %s are found, and told apart', (_name, values) => {
    expect(count({ values }, { values })).toBe(3)
    for (const [i, j] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const)
      expect(count({ values }, { values }, i, j)).toBe(0)
  })

  it('are counted up to the first that differs in any column, wherever it is', () => {
    const rows = Array.from({ length: 200 }, (_, row) => row)
    const make = (odd: number, what: 'number' | 'text' | 'null') => ({
      id: numbers(rows),
      text: texts(
        rows.map((row) => (row === odd && what === 'text' ? 'x' : row % 7 === 0 ? null : `text ${row % 10}`)),
      ),
      last: numbers(
        rows.map((row) => (row !== odd ? row % 3 : what === 'number' ? 9 : what === 'null' ? null : row % 3)),
      ),
    })
    for (const odd of [0, 1, 2, 99, 127, 128, 198, 199]) {
      for (const what of ['number', 'text', 'null'] as const) {
        expect(count(make(odd, what), make(-1, what)), `${what} in row ${odd}`).toBe(odd)
      }
    }
    expect(count(make(-1, 'text'), make(-1, 'text'), 3, 3)).toBe(197)
  })

  it('do not depend on where in its buffers a row begins', () => {
    const a = {
      text: texts(['', 'a', 'bc', 'd', '']),
      flag: column(new arrow.Bool(), [true, true, false, true, false]),
    }
    const b = { text: texts(['another', 'bc', 'd', '']), flag: column(new arrow.Bool(), [true, false, true, false]) }
    expect(count(a, b, 2, 1)).toBe(3)
    const shifted = { ...b, text: texts(['another', 'b', 'cd', '']) }
    expect(count(a, shifted, 2, 1)).toBe(0)
  })

  it('never are more than the hashes find: other bits are left to them', () => {
    const nans = new Float64Array(new BigUint64Array([0x7ff8000000000000n, 0xfff0000000000001n]).buffer)
    const a = { value: arrow.makeVector(nans) }
    const b = { value: arrow.makeVector(nans.slice().reverse()) }
    expect(count(a, a)).toBe(2)
    expect(count(a, b)).toBe(0)
    expect(
      count({ value: arrow.makeVector(Float64Array.of(0)) }, { value: arrow.makeVector(Float64Array.of(-0)) }),
    ).toBe(0)
  })

  it('have no null in their key', () => {
    const rows = { id: numbers([1, null, 3]), text: texts(['a', 'b', null]) }
    expect(count(rows, rows, 0, 0, { key: [0] })).toBe(1)
    expect(count(rows, rows, 2, 2, { key: [0] })).toBe(1)
    expect(count(rows, rows, 0, 0)).toBe(3)
    const words = { id: texts(['x', null], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())) }
    expect(count(words, words, 0, 0, { key: [0] })).toBe(1)
  })

  it('may be stored as different types of one kind', () => {
    const values = ['red', null, 'a longer text than the others', '']
    expect(count({ a: texts(values) }, { a: texts(values, new arrow.LargeUtf8()) })).toBe(4)
    // A dictionary is left to the hashes.
    const dictionary = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())
    expect(count({ a: texts(values) }, { a: texts(values, dictionary) })).toBe(0)
    expect(count({ a: texts(values, dictionary) }, { a: texts(values, dictionary) })).toBe(4)
  })

  it('hash the rows picked as they hash all of them', () => {
    const plan: HashPlan = { columns: Object.keys(everyType()).length, key: [0, 7], blobs: [] }
    const hasher = createBatchHasher(plan)
    const batch = hasher.decode(fileOf(everyType()))
    const whole = hasher.hashRows(batch)
    const [key, content] = [whole.key.slice(), whole.content.slice()]
    for (const row of [0, 1, 2]) {
      const picked = Int32Array.of(row)
      const some = hasher.hashRows(batch, { key: picked, content: picked })
      expect(some.key.slice(row * LANES, (row + 1) * LANES)).toEqual(key.slice(row * LANES, (row + 1) * LANES))
      expect(some.content.slice(row * LANES, (row + 1) * LANES)).toEqual(content.slice(row * LANES, (row + 1) * LANES))
      expect([...some.nullKeys]).toEqual([0, 0, 1])
    }
  })
})
