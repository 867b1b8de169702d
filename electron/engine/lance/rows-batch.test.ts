import { describe, expect, it } from 'vitest'
import { buildRows } from './build-rows.ts'
import { createAligner, decodeRows, encodeRows } from './rows-batch.ts'
import { schemaOfFile } from './rows-schema.ts'
import { loadArrow } from './module.ts'

/* Arrow's writer joins pieces of one buffer that touch: the same bytes twice in a row would be written once. */
describe('rows are written as they are', () => {
  it.each([1, 8, 63, 64, 128, 500, 512])('%i rows with blobs among nulls', (rows) => {
    const numbers = Array.from({ length: rows }, (_, row) => row)
    const bytes = numbers.map((row) => (row % 3 === 0 ? Buffer.from(`bytes ${row}`) : null))
    const names = numbers.map((row) => `name ${row}`)
    const file = buildRows([
      { name: 'data', type: 'blob', values: bytes },
      { name: 'name', type: 'text', values: names },
    ])
    const table = loadArrow().tableFromIPC(file)
    const found = table.toArray().map((row: { data: { data: Uint8Array } | null; name: string }) => ({
      data: row.data === null ? null : Buffer.from(row.data.data).toString(),
      name: row.name,
    }))
    expect(found).toEqual(numbers.map((row) => ({ data: bytes[row]?.toString() ?? null, name: names[row] })))
  })

  it('one column in the place of two', () => {
    const values = Array.from({ length: 64 }, (_, row) => row)
    const one = buildRows([{ name: 'x', type: 'int32', values }])
    const two = buildRows([
      { name: 'a', type: 'int32', values },
      { name: 'b', type: 'int32', values },
    ])
    const sources = new Map([
      ['a', 'x'],
      ['b', 'x'],
    ])
    const align = createAligner(schemaOfFile(two), sources)
    const [batch] = decodeRows(one)
    if (batch === undefined) throw new Error('no batch')
    const found = loadArrow().tableFromIPC(encodeRows(align(batch)))
    expect([...(found.getChild('a') ?? [])]).toEqual(values)
    expect([...(found.getChild('b') ?? [])]).toEqual(values)
  })
})
