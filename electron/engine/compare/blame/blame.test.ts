import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Blame } from '#shared/model/compare.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { numbered } from '../../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../../rows/engine.fixture.ts'
import type { Comparer } from '../compare.fixture.ts'
import { createCompareHandlers } from '../index.ts'
import { makeRandomHistory, readVersion, type KnownRow } from '../random-history.fixture.ts'

const HISTORIES = 40
const BATCH = 10
const FIRST_SEED = Number(process.env['SEED'] ?? 500)

let engine: TestEngine
let comparer: Comparer

beforeAll(async () => {
  engine = await makeTestEngine()
  comparer = createCompareHandlers(engine.context)
})
afterAll(() => engine.remove())

interface Told {
  readonly version: number
  readonly kind: string
  readonly cells: Readonly<Record<string, readonly [string | null, string | null]>>
}

/** What blame says, without events that change no value. */
function told(blame: Blame): Told[] {
  return blame.events
    .filter(({ kind }) => kind !== 'moved' && kind !== 'restored')
    .map(({ version, kind, cells }) => ({
      version,
      kind,
      cells: Object.fromEntries(cells.map(({ column, before, after }) => [column, [before, after]])),
    }))
}

/** The life of the row with an id, by walking through all versions one by one. */
function walk(
  versions: readonly (readonly KnownRow[])[],
  operations: readonly string[],
  from: number,
  id: string,
): Told[] {
  const at = (version: number) => versions[version - 1]?.find((row) => row.cells['id'] === id)?.cells
  const events: Told[] = []
  for (let version = from; version >= 1; version--) {
    const now = at(version)!
    const target = /^restore (\d+)$/.exec(operations[version - 1]!)?.[1]
    if (target !== undefined) {
      version = Number(target) + 1
      continue
    }
    const before = at(version - 1)
    if (before === undefined) {
      const cells = Object.fromEntries(Object.entries(now).map(([name, after]) => [name, [null, after] as const]))
      return [...events, { version, kind: 'inserted', cells }]
    }
    const names = Object.keys(now).filter((name) => now[name] !== before[name])
    if (names.length === 0) continue
    const isAdded = names.every((name) => before[name] === undefined)
    const cells = Object.fromEntries(names.map((name) => [name, [before[name] ?? null, now[name]!] as const]))
    events.push({ version, kind: isAdded ? 'columns-added' : 'changed', cells })
  }
  return events
}

it.each(Array.from({ length: HISTORIES / BATCH }, (_, batch) => FIRST_SEED + batch * BATCH))(
  `tells what walking through all versions tells, histories %i and ${BATCH - 1} more`,
  async (first) => {
    for (let seed = first; seed < first + BATCH; seed++) {
      // Histories with repeated ids recognise no row by them.
      if (seed % 3 === 0) continue
      const history = await makeRandomHistory(engine.folder, seed)
      const dataset = await engine.open(history.name)
      const versions: (readonly KnownRow[])[] = []
      for (let version = 1; version <= history.versions; version++)
        versions.push(await readVersion(history.table, version))
      const random = createRandom(seed)
      for (let pick = 0; pick < 4; pick++) {
        const version = 1 + random(history.versions)
        const rows = versions[version - 1]!
        const row = rows[random(Math.max(1, rows.length))]
        if (row === undefined) continue
        const input = { dataset, ref: { version }, rowId: String(row.rowId) }
        const blame = await comparer['versions.blame'](history.isStable ? input : { ...input, key: ['id'] }, idle)
        const what = `seed ${seed}, version ${version}, id ${row.cells['id']}: ${history.operations.join(', ')}`
        expect(blame.problem, what).toBeUndefined()
        expect(blame.isComplete, what).toBe(true)
        expect(blame.identity.kind, what).toBe(history.isStable ? 'row-id' : 'key')
        expect(told(blame), what).toEqual(walk(versions, history.operations, version, row.cells['id']!))
        if (!history.isStable) {
          // Without a key the story may end early, but what is told is the same.
          const keyless = await comparer['versions.blame'](input, idle)
          const all = walk(versions, history.operations, version, row.cells['id']!)
          expect(told(keyless), what).toEqual(keyless.isComplete ? all : all.slice(0, told(keyless).length))
        }
        for (const event of blame.events) expect(event.sentence.length, what).toBeGreaterThan(3)
      }
    }
  },
  60_000,
)

describe('blame', () => {
  const rowOf = async (name: string, filter: string): Promise<string> => {
    const { lancedb } = await import('../../lance/tables.fixture.ts')
    const db = await lancedb.connect(engine.folder.path)
    const [row] = await (await db.openTable(name)).query().where(filter).withRowId().toArray()
    return String((row as { _rowid: bigint })._rowid)
  }

  it('reads few rows however long the history is', async () => {
    const table = await engine.folder.create('long', numbered(10))
    for (let version = 0; version < 60; version++) await table.add(numbered(1, 10 + version))
    const dataset = await engine.open('long')
    const { rowsRead, events } = await comparer['versions.blame'](
      { dataset, rowId: await rowOf('long', 'id = 30') },
      idle,
    )
    expect(events.map(({ version, kind }) => [version, kind])).toEqual([[22, 'inserted']])
    expect(rowsRead).toBeLessThan(5)
  })

  it('follows every row through compactions by its place, without a key', async () => {
    const table = await engine.folder.create('compacted', numbered(30))
    await table.add(numbered(20, 30))
    await table.add(numbered(20, 50))
    await table.delete('id in (0, 1, 7, 15, 29, 30, 44, 49, 55, 69)')
    await table.optimize({ cleanupOlderThan: new Date(0) })
    await table.add(numbered(10, 70))
    await table.delete('id in (2, 33, 71)')
    await table.optimize({ cleanupOlderThan: new Date(0) })
    await table.delete('id in (40, 79)')
    const dataset = await engine.open('compacted')
    const rows = await readVersion(table, await table.version())
    expect(rows).toHaveLength(65)
    for (const { rowId, cells } of rows) {
      const blame = await comparer['versions.blame']({ dataset, rowId: String(rowId) }, idle)
      const id = Number(cells['id'])
      const inserted = id < 30 ? 1 : id < 50 ? 2 : id < 70 ? 3 : 7
      expect(blame).toMatchObject({ isComplete: true, identity: { kind: 'content' } })
      expect(blame.events.at(-1)).toMatchObject({ kind: 'inserted', version: inserted })
      expect(blame.events.at(-1)?.cells[0]).toEqual({ column: 'id', before: null, after: cells['id'] })
      expect(blame.events.slice(0, -1).every(({ kind }) => kind === 'moved')).toBe(true)
      expect(blame.events).toHaveLength(id < 70 ? 3 : 2)
    }
  })

  it('says that it stopped at a cleaned-up version, a null key and an update without a key', async () => {
    const table = await engine.folder.create('cleaned', numbered(10))
    await table.add(numbered(10, 10))
    await table.update({ where: 'id = 3', values: { text: 'x' } })
    await table.delete('id = 19')
    const dataset = await engine.open('cleaned')
    const rowId = await rowOf('cleaned', 'id = 3')
    const keyless = await comparer['versions.blame']({ dataset, rowId }, idle)
    expect(keyless).toMatchObject({ events: [], isComplete: false, identity: { kind: 'content' } })
    expect(keyless.problem).toMatch(/^Version 3 wrote the row anew.*Choose a key\.$/)
    await table.optimize({ cleanupOlderThan: new Date() })
    await table.optimize({ cleanupOlderThan: new Date() })
    const gone = await comparer['versions.blame'](
      { dataset, rowId: await rowOf('cleaned', 'id = 5'), key: ['id'] },
      idle,
    )
    expect(gone.isComplete).toBe(false)
    expect(gone.problem).toMatch(/cleaned up/)
  })

  it('limits itself to one column, and knows rows and columns that are not there', async () => {
    const table = await engine.folder.create('column', numbered(10))
    await table.addColumns([{ name: 'half', valueSql: 'id / 2' }])
    await table.update({ where: 'id = 4', values: { text: 'new' } })
    await table.update({ where: 'id = 4', valuesSql: { half: '99' } })
    const dataset = await engine.open('column')
    const input = { dataset, rowId: await rowOf('column', 'id = 4'), key: ['id'] }
    const kinds = async (column?: string) =>
      (await comparer['versions.blame'](column === undefined ? input : { ...input, column }, idle)).events.map(
        ({ version, kind }) => `${kind} ${version}`,
      )
    expect(await kinds()).toEqual(['changed 4', 'changed 3', 'columns-added 2', 'inserted 1'])
    expect(await kinds('text')).toEqual(['changed 3', 'inserted 1'])
    expect(await kinds('half')).toEqual(['changed 4', 'columns-added 2', 'inserted 1'])
    await expect(comparer['versions.blame']({ ...input, rowId: '999999' }, idle)).rejects.toMatchObject({
      code: 'row-not-found',
    })
    await expect(comparer['versions.blame']({ ...input, column: 'txt' }, idle)).rejects.toMatchObject({
      code: 'unknown-column',
    })
  })

  it('passes over a damaged manifest, unless the row may have come with it', async () => {
    const table = await engine.folder.create('damaged', numbered(10))
    for (let from = 10; from < 60; from += 10) await table.add(numbered(10, from))
    await table.update({ where: 'id = 3', values: { text: 'new' } })
    const dataset = await engine.open('damaged')
    const rowIds = { early: await rowOf('damaged', 'id = 3'), at: await rowOf('damaged', 'id = 35') }
    const versions = join(engine.folder.locate('damaged'), '_versions')
    const manifests = readdirSync(versions).filter((name) => name.endsWith('.manifest'))
    writeFileSync(join(versions, manifests.toSorted().at(-4)!), 'not a manifest')
    const early = await comparer['versions.blame']({ dataset, rowId: rowIds.early, key: ['id'] }, idle)
    expect(early.events.map(({ kind, version }) => [kind, version])).toEqual([
      ['changed', 7],
      ['inserted', 1],
    ])
    const lost = await comparer['versions.blame']({ dataset, rowId: rowIds.at, key: ['id'] }, idle)
    expect(lost).toMatchObject({
      events: [],
      isComplete: false,
      problem: expect.stringContaining('version 4 is damaged'),
    })
  })

  it('goes on in the branch a branch was made from', async () => {
    const table = await engine.folder.create('branched', numbered(10))
    await table.add(numbered(5, 10))
    await (await table.branches()).create('exp', undefined, 2)
    const branch = await (await table.branches()).checkout('exp')
    await branch.update({ where: 'id = 12', values: { text: 'on the branch' } })
    const dataset = await engine.open('branched')
    const [row] = await branch.query().where('id = 12').withRowId().toArray()
    const rowId = String((row as { _rowid: bigint })._rowid)
    const blame = await comparer['versions.blame']({ dataset, ref: { branch: 'exp' }, rowId, key: ['id'] }, idle)
    expect(blame.events.map(({ branch: name, version, kind }) => [name, version, kind])).toEqual([
      ['exp', 3, 'changed'],
      [undefined, 2, 'inserted'],
    ])
    const kept = await comparer['versions.blame']({ dataset, ref: { branch: 'exp' }, rowId: '5', key: ['id'] }, idle)
    expect(kept.events.map(({ branch: name, version, kind }) => [name, version, kind])).toEqual([
      [undefined, 1, 'inserted'],
    ])
  })
})
