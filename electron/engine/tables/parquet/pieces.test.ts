import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openParquet, parquetRows } from './open.ts'

/*
 * 300,000 rows in one row group as pyarrow 26 writes it, without and with an index of its pages: `id` counts from 0, `pair`
 * is [id mod 5, id mod 3], and `name` is "n" and id mod 11, or null where 13 divides id.
 */
const ROWS = 300_000
const fixture = (name: string): string => path.join(import.meta.dirname, `../fixtures/${name}.parquet`)

interface Read {
  readonly rows: number
  readonly batches: number
  readonly bytesFetched: number
}

/** Reads rows and compares every value. */
async function readAll(name: string, skipRows: number, endRow: number, columns?: readonly string[]): Promise<Read> {
  const parquet = await openParquet(fixture(name), name)
  expect(parquet.groups).toHaveLength(1)
  const before = parquet.bytesFetched()
  let row = skipRows
  let batches = 0
  for await (const { table, rowStart } of parquetRows(parquet, { columns, skipRows, endRow }, name)) {
    expect(rowStart).toBe(row)
    batches++
    const [ids, pairs, names] = ['id', 'pair', 'name'].map((column) => table.getChild(column)?.toArray())
    for (let index = 0; index < table.numRows; index++, row++) {
      if (ids?.[index] !== row) throw new Error(`row ${row} has the id ${String(ids?.[index])}`)
      const pair = pairs?.[index] as ArrayLike<number> | undefined
      if (pairs !== undefined && (pair?.[0] !== row % 5 || pair[1] !== row % 3)) throw new Error(`pair of ${row}`)
      if (names !== undefined && names[index] !== (row % 13 === 0 ? null : `n${row % 11}`))
        throw new Error(`name of ${row}`)
    }
  }
  return { rows: row - skipRows, batches, bytesFetched: parquet.bytesFetched() - before }
}

describe.each(['pages', 'indexed-pages'])('a row group of %s', (name) => {
  it('comes whole, piece by piece', async () => {
    expect(await readAll(name, 0, Number.POSITIVE_INFINITY)).toMatchObject({ rows: ROWS, batches: 5 })
  })

  it('is entered anywhere, and left anywhere', async () => {
    expect(await readAll(name, 140_001, Number.POSITIVE_INFINITY)).toMatchObject({ rows: ROWS - 140_001 })
    expect(await readAll(name, 65_535, 65_537)).toMatchObject({ rows: 2, batches: 1 })
    expect(await readAll(name, 131_071, 262_145)).toMatchObject({ rows: 131_074 })
    expect(await readAll(name, ROWS, Number.POSITIVE_INFINITY)).toMatchObject({ rows: 0, batches: 0 })
  })

  it('gives some columns alone', async () => {
    expect(await readAll(name, 0, Number.POSITIVE_INFINITY, ['id'])).toMatchObject({ rows: ROWS })
    expect(await readAll(name, 200_000, Number.POSITIVE_INFINITY, ['name', 'id'])).toMatchObject({ rows: 100_000 })
  })
})

it('with an index no page is read twice but at the edges of pieces', async () => {
  const plain = await readAll('pages', 0, Number.POSITIVE_INFINITY)
  const indexed = await readAll('indexed-pages', 0, Number.POSITIVE_INFINITY)
  expect(indexed.bytesFetched).toBeLessThan(plain.bytesFetched)
})
