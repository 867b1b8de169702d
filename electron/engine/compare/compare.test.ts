import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numbered } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { createCompareHandlers } from './index.ts'
import { compareAll, type Comparer } from './compare.fixture.ts'

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
