import type * as LanceDb from '@lancedb/lancedb'
import { decodePage, exactValue, formatCellText } from '#shared/model/arrow/index.ts'
import { createRandom, type Random } from '#shared/random.fixture.ts'
import { arrow, column, tableOf, type TableFolder } from '../lance/tables.fixture.ts'

export interface RandomHistory {
  readonly name: string
  readonly table: LanceDb.Table
  readonly versions: number
  readonly isStable: boolean
  /** What was done, by version; a restore with its target. */
  readonly operations: readonly string[]
}

const WORDS = ['lance', 'ridge', 'ärger', '', 'a longer text than the others, by some words', '😀 emoji']

const ALL_COLUMNS = ['id', 'number', 'text', 'ratio', 'tags']

/** Rows of which few are alike; with `isMessy` ids repeat and are null now and then. */
function makeRows(random: Random, count: number, isMessy: boolean, from: number, names: readonly string[]) {
  const rows = Array.from({ length: count }, (_, index) => index)
  const ids = rows.map((index) => (isMessy ? (random(9) === 0 ? null : BigInt(random(40))) : BigInt(from + index)))
  const maybe = <T>(make: () => T): T | null => (random(6) === 0 ? null : make())
  const columns = {
    id: column(new arrow.Int64(), ids),
    number: column(
      new arrow.Int32(),
      rows.map(() => maybe(() => random(4))),
    ),
    text: column(
      new arrow.Utf8(),
      rows.map(() => maybe(() => WORDS[random(WORDS.length)]!)),
    ),
    ratio: column(
      new arrow.Float64(),
      rows.map(() => maybe(() => [0, -0, Number.NaN, 1.5, -Infinity][random(5)]!)),
    ),
    tags: column(
      new arrow.List(new arrow.Field('item', new arrow.Utf8(), true)),
      rows.map(() => maybe(() => Array.from({ length: random(3) }, () => maybe(() => WORDS[random(3)]!)))),
    ),
  }
  return tableOf(Object.fromEntries(Object.entries(columns).filter(([name]) => names.includes(name))))
}

/** A dataset with a history of 5 to 12 operations of every kind that moves or changes rows. */
export async function makeRandomHistory(folder: TableFolder, seed: number): Promise<RandomHistory> {
  const random = createRandom(seed)
  const isMessy = seed % 3 === 0
  const isStable = seed % 2 === 0
  const name = `history-${seed}`
  let nextId = 0
  const fresh = (count: number, names: readonly string[]): ReturnType<typeof makeRows> => {
    const rows = makeRows(random, count, isMessy, nextId, names)
    nextId += count
    return rows
  }
  const table = await folder.create(name, fresh(5 + random(40), ALL_COLUMNS), {
    newTableEnableStableRowIds: String(isStable),
    newTableDataStorageVersion: ['2.0', '2.1', '2.2'][random(3)]!,
  })
  const operations = ['create']
  const steps = 5 + random(8)
  let extra = 0
  const pick = (): string => `id % ${2 + random(7)} = ${random(2)}`
  const columnNames = async (): Promise<string[]> => (await table.schema()).fields.map((field) => field.name)
  const perform: Readonly<Record<string, () => Promise<unknown>>> = {
    append: async () => table.add(fresh(1 + random(25), await columnNames())),
    delete: () => table.delete(pick()),
    update: () => table.update({ where: pick(), valuesSql: { number: `${random(4)}` } }),
    rewrite: () => table.update({ where: 'true', valuesSql: { number: 'number' } }),
    upsert: async () => {
      const names = await columnNames()
      if (isMessy) return table.add(fresh(2, names))
      const rows = makeRows(random, 8, false, Math.max(0, nextId - 4), names)
      nextId += 4
      return table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows)
    },
    compact: () => table.optimize({ cleanupOlderThan: new Date(0) }),
    addColumn: () => table.addColumns([{ name: `extra_${extra++}`, valueSql: `id * ${1 + random(3)}` }]),
    restore: async () => {
      const target = 1 + random(await table.version())
      await table.checkout(target)
      await table.restore()
      return `restore ${target}`
    },
    dropColumn: async () => {
      if ((await columnNames()).includes('ratio')) await table.dropColumns(['ratio'])
    },
  }
  const kinds = [
    'append',
    'append',
    'delete',
    'update',
    'update',
    'upsert',
    'compact',
    'addColumn',
    'restore',
    'rewrite',
    'dropColumn',
  ]
  for (let step = 0; step < steps; step++) {
    const kind = kinds[random(kinds.length)]!
    try {
      const done = await perform[kind]!()
      while (operations.length < (await table.version())) operations.push(typeof done === 'string' ? done : kind)
    } catch (error) {
      throw new Error(`seed ${seed}: ${kind} after ${operations.join(', ')}: ${(error as Error).message}`, {
        cause: error,
      })
    }
  }
  return { name, table, versions: await table.version(), isStable, operations }
}

/** One row of a version as the oracle knows it. */
export interface KnownRow {
  readonly rowId: bigint
  readonly cells: Readonly<Record<string, string>>
}

interface RawQuery {
  readonly inner: { execute(rows: number): Promise<{ next(): Promise<Buffer | null> }> }
}

/** Every row of a version in storage order, read whole by LanceDB itself. */
export async function readVersion(table: LanceDb.Table, version: number): Promise<readonly KnownRow[]> {
  await table.checkout(version)
  const names = (await table.schema()).fields.map((field) => field.name)
  const query = table.query().select(names).withRowId() as unknown as RawQuery
  const batches = await query.inner.execute(10_000)
  const files: Buffer[] = []
  for (let file = await batches.next(); file !== null; file = await batches.next()) files.push(file)
  await table.checkoutLatest()
  const page = decodePage(files)
  return Array.from({ length: page.rowCount }, (_, row) => {
    const text = (name: string): string => formatCellText(exactValue(page.column(name)!, row), 10_000)
    return {
      rowId: BigInt(text('_rowid')),
      cells: Object.fromEntries(names.map((name) => [name, text(name)])),
    }
  })
}
