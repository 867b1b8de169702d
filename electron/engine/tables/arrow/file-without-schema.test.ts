import { describe, expect, it } from 'vitest'
import { arrow, everyType, numbered, tableOf } from '../../lance/tables.fixture.ts'
import { read, sourceOf } from '../tables.fixture.ts'

/* Files of arrow-js have their schema in the footer only. */

describe('an Arrow file whose schema is in its footer only', () => {
  it('is read like one that begins with it', async () => {
    const file = arrow.tableToIPC(numbered(5), 'file')
    const { rows } = await read(sourceOf('arrow', file))
    expect(rows.map(({ id, text }) => `${String(id)} ${String(text)}`)).toEqual([
      '0 row 0',
      '1 row 1',
      '2 row 2',
      '3 row 3',
      '4 row 4',
    ])
  })

  it('is read with dictionaries and nested columns', async () => {
    const { dictionary, struct, list } = everyType()
    const table = tableOf({ dictionary: dictionary!, struct: struct!, list: list! })
    const { rows } = await read(sourceOf('arrow', arrow.tableToIPC(table, 'file')))
    expect(rows.map((row) => row['dictionary'])).toEqual(['red', 'green', null])
    expect(rows.map((row) => row['struct'])).toEqual([{ a: 1n, b: { c: 'x' } }, { a: null, b: { c: null } }, null])
  })

  it('is refused when its footer is damaged anywhere', async () => {
    const file = Buffer.from(arrow.tableToIPC(numbered(5), 'file'))
    const footer = file.readInt32LE(file.length - 10)
    for (let at = file.length - 10 - footer; at < file.length - 10; at++) {
      const damaged = Buffer.from(file)
      damaged[at] = damaged[at]! ^ 0xff
      const end = await read(sourceOf('arrow', damaged)).then(
        () => 'read',
        (error: unknown) => (error as { readonly code?: string }).code,
      )
      expect(['read', 'unreadable-source'], `byte ${at}`).toContain(end)
    }
  })
})
