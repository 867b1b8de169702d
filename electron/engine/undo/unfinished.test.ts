import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { numbered } from '../lance/tables.fixture.ts'
import { beginWrite, noteWrite } from '../ledger/index.ts'
import { createTagsHandlers } from '../tags/index.ts'
import { openTable, readIds } from '../versions/writing.fixture.ts'
import { createUndoHandlers } from './handlers.ts'

let engine: TestContext
let undo: ReturnType<typeof createUndoHandlers>
const idle = { signal: new AbortController().signal }

beforeAll(async () => {
  engine = await makeTestContext()
  undo = createUndoHandlers(engine.context)
})
afterAll(() => engine.remove())

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Version 1: ids 0-9; and a delete that begins and is never ended. */
async function makeUnfinished(name: string, operation = 'maintenance.deleteRows') {
  await engine.folder.create(name, numbered(10))
  const location = engine.folder.locate(name)
  const dataset = await engine.open(name)
  const target = engine.context.datasets.get(dataset)
  const begun = await beginWrite(engine.context, target, { operation, title: 'Delete some' })
  return { location, dataset, target, id: begun.id, list: () => undo['undo.list']({ dataset }, idle) }
}

/** As if the process that began what has not ended were dead. */
function die(): void {
  const folder = join(engine.context.paths.dataDir, 'ledger')
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const dead = readFileSync(file, 'utf8').replaceAll(/"run":\{[^}]*\}/g, '"run":{"id":"dead","pid":4194999}')
    writeFileSync(file, dead)
  }
}

describe('a write whose end nobody noted', () => {
  it('is left out while it runs', async () => {
    const { list } = await makeUnfinished('running')
    expect(await list()).toEqual([])
  })

  it('committed nothing when no version appeared', async () => {
    const { list, dataset, id } = await makeUnfinished('nothing')
    die()
    expect(await list()).toMatchObject([
      {
        entry: { id, outcome: 'unfinished' },
        kind: 'undo',
        newest: 1,
        later: [],
        laterCount: 0,
        problem: { code: 'not-found', message: expect.stringContaining('Version 1, from before it, is still') },
      },
    ])
    const refused = undo['undo.undo']({ dataset, entry: id, newest: 1 }, idle)
    await expect(refused).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('nothing') })
  })

  it('names what may be its own, and goes back behind it only when told to', async () => {
    const { list, dataset, location, id } = await makeUnfinished('landed')
    const table = await openTable(location)
    await table.delete('id < 4')
    await table.add(numbered(2, 50))
    die()
    const [item] = await list()
    expect(item).toMatchObject({ kind: 'undo', newest: 3 })
    expect(item).not.toHaveProperty('problem')
    expect(item!.later).toMatchObject([
      { version: 2, perhapsOf: [id] },
      { version: 3, sentence: 'Append: 1 fragment, 2 rows' },
    ])
    expect(item!.later[1]).not.toHaveProperty('perhapsOf')
    const unsaid = undo['undo.undo']({ dataset, entry: id, newest: 3 }, idle)
    await expect(unsaid).rejects.toMatchObject({ code: 'commit-conflict' })
    await undo['undo.undo']({ dataset, entry: id, newest: 3, includingLater: true }, idle)
    expect(await readIds(location)).toEqual(range(0, 10))
    expect(await list()).toMatchObject([{ entry: { id }, kind: 'redo', later: [] }])
    await undo['undo.redo']({ dataset, entry: id, newest: 4 }, idle)
    expect(await readIds(location)).toEqual([...range(4, 10), 50, 51])
  })

  it('is not given what other writes made, nor commits of another kind', async () => {
    const { list, target, location } = await makeUnfinished('others')
    const note = { operation: 'maintenance.deleteRows', title: 'Delete 9' }
    await noteWrite(engine.context, target, note, async () => {
      await (await openTable(location)).delete('id = 9')
    })
    await (await openTable(location)).add(numbered(1, 60))
    die()
    const [made, open] = await list()
    expect(made).toMatchObject({ entry: { title: 'Delete 9' }, later: [{ version: 3 }] })
    expect(open).toMatchObject({
      later: [{ version: 2, entry: made!.entry.id }, { version: 3 }],
      problem: { code: 'not-found', message: expect.stringContaining('None of the versions after 1') },
    })
  })

  it('describes a hundred commits since and counts all', async () => {
    const { list, location } = await makeUnfinished('many')
    const table = await openTable(location)
    for (let index = 0; index < 103; index++) await table.update({ where: 'id = 0', values: { id: 0 } })
    die()
    const [item] = await list()
    expect([item!.later.length, item!.laterCount, item!.later[0]!.version]).toEqual([100, 103, 2])
  })

  it('may be an undo itself', async () => {
    const { list, location, id } = await makeUnfinished('step', 'undo.undo')
    const table = await openTable(location)
    await table.delete('id < 4')
    await table.checkout(1)
    await table.restore()
    die()
    expect(await list()).toMatchObject([{ entry: { id }, later: [{ version: 2 }, { version: 3, perhapsOf: [id] }] }])
  })

  it('says so when the dataset was replaced or what was before is gone', async () => {
    const { list, location } = await makeUnfinished('replaced')
    await (await openTable(location)).delete('id < 4')
    die()
    await (await openTable(location)).optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    expect(await list()).toMatchObject([{ problem: { message: expect.stringContaining('cleaned up') } }])
    const note = { operation: 'maintenance.deleteRows', title: 'More' }
    const target = { location, resolve: () => Promise.resolve({ branch: undefined, version: 40 }) }
    await beginWrite(engine.context, target, note)
    die()
    rmSync(location, { recursive: true })
    await engine.folder.create('replaced', numbered(3))
    expect((await list())[0]).toMatchObject({ problem: { message: expect.stringContaining('was replaced') } })
  })

  it('of a tag has no version and is in the ledger only', async () => {
    const { list, dataset, target } = await makeUnfinished('tagged')
    await createTagsHandlers(engine.context)['tags.create']({ dataset, name: 'x' }, idle)
    await beginWrite(engine.context, target, { operation: 'tags.create', title: 'Tag', makesNoVersion: true })
    die()
    expect(await list()).toHaveLength(1)
  })
})
