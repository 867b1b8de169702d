import { describe, expect, it, vi } from 'vitest'
import { arrow, column, everyType, tableOf, type Columns } from '../lance/tables.fixture.ts'
import { loadParquet } from '../tables/parquet/module.ts'
import { isBuilt, newAt, run, tables, useImportDesk } from './imports.fixture.ts'
import { plain, typesOf, valuesOf } from './values.fixture.ts'

/* Sources that have types of their own, imported by a real engine: every value comes as the source has it. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const desk = useImportDesk()
const { place, write } = desk

async function parquetOf(columns: Columns, rowGroup = 1_000_000): Promise<Uint8Array> {
  const { Table, WriterPropertiesBuilder, writeParquet } = await loadParquet()
  const bytes = arrow.tableToIPC(tableOf(columns), 'stream')
  return writeParquet(Table.fromIPCStream(bytes), new WriterPropertiesBuilder().setMaxRowGroupSize(rowGroup).build())
}

const wantedOf = (columns: Columns) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, vector]) => [name, Array.from(vector as Iterable<unknown>, plain)]),
  )

/** Decoded values of a column as Lance gives them back: what it keeps under another type, and what it does not keep. */
const KEPT_AS: Readonly<Record<string, string>> = {
  large_utf8: 'Utf8',
  large_binary: 'Binary',
  dictionary: 'Utf8',
}

/** What is within what, and a time zone that is not UTC. */
function nested(): Columns {
  const field = (name: string, type: InstanceType<typeof arrow.DataType>) => new arrow.Field(name, type, true)
  const entry = new arrow.Struct([
    field('at', new arrow.Timestamp(arrow.TimeUnit.MILLISECOND, 'Europe/Vienna')),
    field('tags', new arrow.List(field('item', new arrow.Utf8()))),
  ])
  return {
    zoned: column(new arrow.Timestamp(arrow.TimeUnit.SECOND, 'Europe/Vienna'), [1_700_000_000_000, -1000, null]),
    entries: column(new arrow.List(field('item', entry)), [
      [{ at: 1_700_000_000_123, tags: ['a', null] }, null, { at: null, tags: null }],
      [],
      null,
    ]),
    bytes: column(new arrow.FixedSizeList(3, field('item', new arrow.Uint8())), [
      [1, 2, 255],
      [0, 0, 0],
      [9, 9, 9],
    ]),
    flags: column(new arrow.List(field('item', new arrow.Bool())), [[true, null, false], null, [true]]),
  }
}

describe.skipIf(!isBuilt)('every type', () => {
  it.each(['arrow', 'arrows', 'parquet'])('comes with every value from %s', async (ending) => {
    const columns = { ...everyType(), ...nested() }
    const bytes =
      ending === 'parquet'
        ? await parquetOf(columns, 2)
        : arrow.tableToIPC(tableOf(columns), ending === 'arrow' ? 'file' : 'stream')
    const location = place()
    await run(desk.world, tables([write(`every.${ending}`, bytes)], newAt(location)))
    const types = Object.fromEntries(
      Object.entries(columns).map(([name, { type }]) => [name, KEPT_AS[name] ?? String(type)]),
    )
    expect(await typesOf(location)).toEqual(types)
    expect(await valuesOf(location)).toEqual(wantedOf(columns))
  })
})
