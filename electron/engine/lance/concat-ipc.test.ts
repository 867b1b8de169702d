import { expect, it } from 'vitest'
import { concatIpcFiles } from './concat-ipc.ts'
import { arrow, column, everyType, numbered, tableOf } from './tables.fixture.ts'

const toFile = (table: InstanceType<typeof arrow.Table>): Uint8Array => arrow.tableToIPC(table, 'file')

it('joins files into one that holds their batches in order', () => {
  const joined = concatIpcFiles([toFile(numbered(5)), toFile(numbered(3, 5)), toFile(numbered(1, 8))])
  const table = arrow.tableFromIPC(joined)
  expect(table.batches.map(({ numRows }) => numRows)).toEqual([5, 3, 1])
  expect([...(table.getChild('id') ?? [])].map(Number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(table.getChild('text')?.get(8)).toBe('row 8')
})

it('keeps every type but dictionaries, which it leaves to the caller', () => {
  const { dictionary: _dictionary, ...columns } = everyType()
  const file = toFile(tableOf(columns, { utf8: new Map([['note', 'kept']]) }))
  const table = arrow.tableFromIPC(concatIpcFiles([file, file]))
  const once = arrow.tableFromIPC(file).toArray().map(String)
  expect(table.toArray().map(String)).toEqual([...once, ...once])
  expect(table.schema.fields.find(({ name }) => name === 'utf8')?.metadata.get('note')).toBe('kept')
  const words = toFile(
    tableOf({ dictionary: column(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), ['a']) }),
  )
  expect(concatIpcFiles([words, words])).toBeUndefined()
})

it('gives one file back as it is, and nothing for none', () => {
  const file = toFile(numbered(2))
  expect(concatIpcFiles([file])?.equals(file)).toBe(true)
  expect(concatIpcFiles([])).toBeUndefined()
})
