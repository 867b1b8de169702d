import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, numbered, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { createCompareHandlers } from './index.ts'
import { compareAll, textRows, type Comparer } from './compare.fixture.ts'

let engine: TestEngine
let comparer: Comparer

beforeAll(async () => {
  engine = await makeTestEngine()
  comparer = createCompareHandlers(engine.context)
})
afterAll(() => engine.remove())

describe('comparing two versions', () => {
  it('finds added, removed and changed rows by key and reads only what differs', async () => {
    const table = await engine.folder.create('plain', numbered(1000))
    await table.add(numbered(1000, 1000))
    await table.add(numbered(50, 5000))
    await table.delete('id < 3')
    await table.update({ where: 'id = 10 or id = 1500', values: { text: 'new' } })
    const dataset = await engine.open('plain')
    const sides = { from: { dataset, ref: { version: 2 } }, to: { dataset } }
    const byKey = await compareAll(comparer, { ...sides, rows: { key: ['id'] } })
    expect(byKey.totals).toMatchObject({
      identity: { kind: 'key', columns: ['id'] },
      added: 50,
      removed: 3,
      changed: 2,
      unchanged: 1995,
      changedCells: [{ column: 'text', cells: 2 }],
      duplicateKeys: { from: 0, to: 0, examples: [] },
      cost: { fragmentsRead: { from: 2, to: 2 }, rowsRead: 5 + 52 },
    })
    expect(byKey.removed.map((row) => row['id'])).toEqual(['0', '1', '2'])
    expect(byKey.added.map((row) => row['id'])).toEqual(Array.from({ length: 50 }, (_, i) => String(5000 + i)))
    expect(byKey.changed).toEqual([
      { before: { id: '10', text: 'row 10' }, after: { id: '10', text: 'new' }, columns: ['text'] },
      { before: { id: '1500', text: 'row 1500' }, after: { id: '1500', text: 'new' }, columns: ['text'] },
    ])
    const byContent = await compareAll(comparer, sides)
    expect(byContent.totals).toMatchObject({ identity: { kind: 'content' }, added: 52, removed: 5, changed: 0 })
    expect(byKey.summary.fragments).toMatchObject({
      added: [
        { id: 2, rows: 50 },
        { id: 3, rows: 2 },
      ],
      removed: [],
      deletionsChanged: [
        { id: 0, before: 0, after: 4 },
        { id: 1, before: 0, after: 1 },
      ],
      kept: 0,
    })
  })
})

describe('changed rows in which one column changed', () => {
  it('are paged by themselves, in the same order', async () => {
    const table = await engine.folder.create('one-column', numbered(2000))
    await table.addColumns([{ name: 'half', valueSql: 'id / 2' }])
    await table.update({ where: 'id % 3 = 0', values: { text: 'new' } })
    await table.update({ where: 'id % 5 = 0', valuesSql: { half: '-1' } })
    const dataset = await engine.open('one-column')
    const sides = { from: { dataset, ref: { version: 2 } }, to: { dataset } }
    // Results of this size spill to the file.
    const small = createCompareHandlers(engine.context, { recordBytes: 1 << 20, resultBytes: 3000 })
    for (const handlers of [comparer, small]) {
      const { comparison, totals } = await compareAll(handlers, { ...sides, rows: { key: ['id'] } })
      expect(totals.changedCells).toEqual([
        { column: 'text', cells: 667 },
        { column: 'half', cells: 400 },
      ])
      const ask = async (offset: number, limit: number, changedColumn: string) => {
        const input = { comparison, kind: 'changed' as const, offset, limit, changedColumn }
        const page = await handlers['versions.comparePage'](input, idle)
        return textRows(page, page.arrow, page.order).map(({ id }) => Number(id))
      }
      const halves = [...(await ask(0, 300, 'half')), ...(await ask(300, 300, 'half'))]
      expect(halves).toHaveLength(400)
      expect(halves.every((id) => id % 5 === 0)).toBe(true)
      expect(new Set(halves).size).toBe(400)
      expect(await ask(0, 10, 'id')).toEqual([])
      await expect(ask(0, 10, 'txt')).rejects.toMatchObject({ code: 'unknown-column' })
      await expect(
        handlers['versions.comparePage'](
          { comparison, kind: 'added', offset: 0, limit: 1, changedColumn: 'text' },
          idle,
        ),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })
})

describe('a dataset that was overwritten in between', () => {
  const overwrite = { mode: 'overwrite' as const }
  const texts = (names: readonly string[], rows: readonly string[]) =>
    tableOf(Object.fromEntries(names.map((name) => [name, column(new arrow.Utf8(), rows)])))

  it('tells columns by name, though their field ids are given out anew', async () => {
    const table = await engine.folder.create('overwritten', texts(['a', 'b', 'c'], ['1', '2']))
    await table.add(texts(['b', 'a', 'd'], ['2', '3']), overwrite)
    const dataset = await engine.open('overwritten')
    const sides = { from: { dataset, ref: { version: 1 } }, to: { dataset } }
    const { summary, totals, added } = await compareAll(comparer, { ...sides, rows: { key: ['a'] } })
    expect(summary.areColumnsByName).toBe(true)
    expect(summary.schema).toEqual([
      { kind: 'added', name: 'd', type: 'string' },
      { kind: 'dropped', name: 'c', type: 'string' },
    ])
    expect(totals).toMatchObject({ added: 1, removed: 1, changed: 0, unchanged: 1 })
    expect(added).toEqual([{ b: '3', a: '3' }])
    await table.alterColumns([{ path: 'd', rename: 'e' }])
    const later = await compareAll(comparer, { from: { dataset, ref: { version: 2 } }, to: { dataset } })
    expect(later.summary).not.toHaveProperty('areColumnsByName')
    expect(later.summary.schema).toEqual([{ kind: 'renamed', name: 'e', from: 'd' }])
  })

  it('refuses to compare rows that have no column in common', async () => {
    const table = await engine.folder.create('replaced', numbered(5))
    await table.add(texts(['id', 'z'], ['1', '2']), overwrite)
    const dataset = await engine.open('replaced')
    const sides = { from: { dataset, ref: { version: 1 } }, to: { dataset } }
    const summary = await comparer['versions.compare'](sides, idle)[Symbol.asyncIterator]().next()
    expect(summary.value).toMatchObject({
      summary: {
        schema: [
          { kind: 'retyped', name: 'id', from: 'int64', to: 'string' },
          { kind: 'added', name: 'z' },
          { kind: 'dropped', name: 'text' },
        ],
      },
    })
    await expect(compareAll(comparer, sides)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/no column in common.*id \(its type differs: int64 against string\)/),
    })
  })
})

describe('telling rows apart by content', () => {
  it('can be asked for where there are stable row ids, but not along with a key', async () => {
    const table = await engine.folder.create('by-content', numbered(10), { new_table_enable_stable_row_ids: 'true' })
    await table.update({ where: 'id = 3', values: { text: 'new' } })
    const dataset = await engine.open('by-content')
    const sides = { from: { dataset, ref: { version: 1 } }, to: { dataset } }
    const { totals } = await compareAll(comparer, { ...sides, rows: { by: 'content' } })
    expect(totals).toMatchObject({ identity: { kind: 'content' }, added: 1, removed: 1, changed: 0, unchanged: 9 })
    await expect(compareAll(comparer, { ...sides, rows: { by: 'content', key: ['id'] } })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('what cannot be compared the plain way', () => {
  it('names columns that are on one side only or of another type, and follows renamed ones', async () => {
    const table = await engine.folder.create('columns', numbered(20))
    await table.addColumns([{ name: 'extra', valueSql: 'id' }])
    await table.alterColumns([{ path: 'text', rename: 'words' }])
    await table.alterColumns([{ path: 'id', dataType: new arrow.Int32() }])
    const dataset = await engine.open('columns')
    const compared = await compareAll(comparer, { from: { dataset, ref: { version: 1 } }, to: { dataset } })
    expect(compared.totals.notCompared).toEqual([
      { column: 'id', why: 'its type differs: int64 against int32' },
      { column: 'extra', why: 'only in version 4' },
    ])
    expect(compared.totals).toMatchObject({ added: 0, removed: 0, unchanged: 20 })
    expect(compared.totals.cost.rowsRead).toBe(0)
    await expect(
      compareAll(comparer, { from: { dataset, ref: { version: 1 } }, to: { dataset }, rows: { key: ['id'] } }),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('its type differs') })
    await expect(
      compareAll(comparer, { from: { dataset, ref: { version: 1 } }, to: { dataset }, rows: { key: ['wrds'] } }),
    ).rejects.toMatchObject({ code: 'unknown-column', hint: expect.stringContaining('words') })
    await table.update({ where: 'id = 7', values: { words: 'new' } })
    const renamed = await compareAll(comparer, {
      from: { dataset, ref: { version: 3 } },
      to: { dataset },
      rows: { key: ['extra'] },
    })
    expect(renamed.changed).toMatchObject([{ before: { words: 'row 7' }, after: { words: 'new' }, columns: ['words'] }])
  })

  it('compares a branch with main, though both give the same ids to different rows', async () => {
    const table = await engine.folder.create('forked', numbered(10), { newTableEnableStableRowIds: 'true' })
    await (await table.branches()).create('side', undefined, 1)
    const branch = await (await table.branches()).checkout('side')
    await branch.add(numbered(3, 100))
    await table.add(numbered(3, 200))
    await table.delete('id = 4')
    const dataset = await engine.open('forked')
    const compared = await compareAll(comparer, { from: { dataset }, to: { dataset, ref: { branch: 'side' } } })
    expect(compared.summary).toMatchObject({
      isSameDataset: true,
      from: { version: 3 },
      to: { branch: 'side', version: 2 },
    })
    expect(compared.totals).toMatchObject({ identity: { kind: 'content' }, added: 4, removed: 3, unchanged: 9 })
    expect(compared.added.map((row) => row['id'])).toEqual(['4', '100', '101', '102'])
    expect(compared.removed.map((row) => row['id'])).toEqual(['200', '201', '202'])
  })

  it('reads past the rows between where most of a fragment changed, and picks single ones where few did', async () => {
    const table = await engine.folder.create('dense', numbered(6000))
    await table.add(numbered(6000, 6000))
    await table.delete('(id >= 1000 and id < 4000 and id % 3 = 0) or id in (7000, 9000, 11000)')
    const dataset = await engine.open('dense')
    const gone = await compareAll(comparer, { from: { dataset, ref: { version: 1 } }, to: { dataset } })
    expect(gone.totals).toMatchObject({ added: 5997, removed: 1000, unchanged: 5000 })
    const back = await compareAll(comparer, {
      from: { dataset },
      to: { dataset, ref: { version: 2 } },
      rows: { key: ['id'] },
    })
    expect(back.totals).toMatchObject({ added: 1003, removed: 0, changed: 0, cost: { rowsRead: 1003 } })
    expect(back.added.slice(0, 2).map((row) => row['id'])).toEqual(['1002', '1005'])
    expect(back.added.slice(-3).map((row) => row['id'])).toEqual(['7000', '9000', '11000'])
  })

  it('compares empty tables, a state with itself, and tables without a column in common', async () => {
    const { lancedb } = await import('../lance/tables.fixture.ts')
    const db = await lancedb.connect(engine.folder.path)
    const empty = await db.createEmptyTable('empty', new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true)]))
    await empty.add(tableOf({ id: column(new arrow.Int64(), [1n, 2n]) }))
    await engine.folder.create('strange', tableOf({ other: column(new arrow.Int32(), [1, 2, 3]) }))
    const [dataset, strange] = [await engine.open('empty'), await engine.open('strange')]
    const first = { dataset, ref: { version: 1 } }
    expect((await compareAll(comparer, { from: first, to: { dataset } })).totals).toMatchObject({
      added: 2,
      unchanged: 0,
    })
    expect((await compareAll(comparer, { from: { dataset }, to: first })).totals).toMatchObject({ removed: 2 })
    expect((await compareAll(comparer, { from: first, to: first })).totals).toMatchObject({ added: 0, unchanged: 0 })
    const same = await compareAll(comparer, { from: { dataset }, to: { dataset } })
    expect(same.totals).toMatchObject({ unchanged: 2, cost: { rowsRead: 0 } })
    // Rows without a value to look at are neither the same nor different.
    await expect(compareAll(comparer, { from: { dataset }, to: { dataset: strange } })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('other (only in strange), id (only in empty)'),
    })
    const filled = await compareAll(comparer, { from: first, to: { dataset: strange } })
    expect(filled.totals.removed).toBe(0)
  })

  it('compares blobs by their size and says so', async () => {
    const { lancedb } = await import('../lance/tables.fixture.ts')
    const db = await lancedb.connect(engine.folder.path)
    const schema = new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true), lancedb.blob('data')])
    const table = await db.createTable(
      'blobs',
      [
        { id: 1n, data: Buffer.from('abc') },
        { id: 2n, data: Buffer.from('defg') },
      ],
      {
        schema,
      },
    )
    await table
      .mergeInsert('id')
      .whenMatchedUpdateAll()
      .execute([
        { id: 1n, data: Buffer.from('abc') },
        { id: 2n, data: Buffer.from('longer') },
      ])
    const dataset = await engine.open('blobs')
    const compared = await compareAll(comparer, {
      from: { dataset, ref: { version: 1 } },
      to: { dataset },
      rows: { key: ['id'] },
    })
    expect(compared.totals).toMatchObject({
      changed: 1,
      unchanged: 1,
      changedCells: [{ column: 'data', cells: 1 }],
      notCompared: [{ column: 'data', why: 'blobs are compared by their size only' }],
    })
  })

  it('cuts long values of both sides alike, and compares them whole', async () => {
    const long = (end: string): string => `${'x'.repeat(60_000)}${end}`
    const rows = Array.from({ length: 60 }, (_, id) => id)
    const table = await engine.folder.create(
      'cut',
      tableOf({
        id: column(new arrow.Int64(), rows.map(BigInt)),
        text: column(
          new arrow.Utf8(),
          rows.map(() => long('a')),
        ),
      }),
    )
    await table.update({ where: 'id >= 0', values: { text: 'short' } })
    const dataset = await engine.open('cut')
    const items = comparer['versions.compare'](
      { from: { dataset, ref: { version: 1 } }, to: { dataset }, rows: { key: ['id'] } },
      idle,
    )
    for await (const item of items) {
      if (item.kind !== 'changed') continue
      expect(item.rows).toBe(60)
      expect(item.previews).toMatchObject([{ column: 'text', kept: 400 }])
      const bytes = [...item.arrow, ...item.before!].reduce((sum, file) => sum + file.byteLength, 0)
      expect(bytes).toBeLessThan(200_000)
      expect(item.changedColumns).toEqual(rows.map(() => [1]))
      expect(textRows(item, item.before!, item.beforeOrder)[0]!['text']).toHaveLength(400)
    }
  })

  it('reports damage instead of leaving rows out', async () => {
    const table = await engine.folder.create('damaged', numbered(100))
    await table.delete('id = 5')
    await table.delete('id = 50')
    const dataset = await engine.open('damaged')
    const folder = join(engine.folder.locate('damaged'), '_deletions')
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'not a deletion file')
    const compare = compareAll(comparer, { from: { dataset, ref: { version: 2 } }, to: { dataset } })
    await expect(compare).rejects.toMatchObject({ code: 'corrupt-data' })
  })
})

describe('finding a key', () => {
  it('proposes columns by name and uniqueness, and counts what repeats', async () => {
    const table = await engine.folder.create('keys', numbered(100))
    await table.add(numbered(5, 98))
    const dataset = await engine.open('keys')
    const candidates = await comparer['versions.keyCandidates'](
      { from: { dataset, ref: { version: 1 } }, to: { dataset } },
      idle,
    )
    expect(candidates).toEqual([
      {
        columns: ['id'],
        isUnique: false,
        duplicates: 2,
        nulls: 0,
        rowsChecked: 205,
        isComplete: true,
        why: 'named id',
      },
    ])
  })
})

describe('blame', () => {
  it('follows a row through compaction and updates by key to its insertion', async () => {
    const table = await engine.folder.create('blamed', numbered(100))
    await table.add(numbered(100, 100))
    await table.delete('id < 3')
    await table.update({ where: 'id = 150', values: { text: 'second life' } })
    await table.optimize({ cleanupOlderThan: new Date(0) })
    await table.delete('id = 149')
    const dataset = await engine.open('blamed')
    const [row] = await table.query().where('id = 150').withRowId().toArray()
    const rowId = String((row as { _rowid: bigint })._rowid)
    const blame = await comparer['versions.blame']({ dataset, rowId, key: ['id'] }, idle)
    expect(blame.problem).toBeUndefined()
    expect(blame.events.map(({ version, kind, cells }) => [version, kind, cells])).toEqual([
      [6, 'moved', []],
      [4, 'changed', [{ column: 'text', before: 'row 150', after: 'second life' }]],
      [
        2,
        'inserted',
        [
          { column: 'id', before: null, after: '150' },
          { column: 'text', before: null, after: 'row 150' },
        ],
      ],
    ])
    const keyless = await comparer['versions.blame']({ dataset, rowId }, idle)
    expect(keyless.isComplete).toBe(false)
    expect(keyless.problem).toMatch(/Choose a key/)
  })
})
