import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { createBranchesHandlers } from '../branches/index.ts'
import { createIndicesHandlers } from '../indices/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { numbered } from '../lance/tables.fixture.ts'
import { noteWrite, readLedger } from '../ledger/index.ts'
import { createTagsHandlers } from '../tags/index.ts'
import { createVersionFactsReader, createVersionsHandlers } from '../versions/index.ts'
import { openTable, readIds } from '../versions/writing.fixture.ts'
import { createUndoHandlers } from './handlers.ts'
import { takeBack } from './take-back.ts'

let engine: TestContext
let undo: ReturnType<typeof createUndoHandlers>
const idle = { signal: new AbortController().signal }

beforeAll(async () => {
  engine = await makeTestContext()
  undo = createUndoHandlers(engine.context)
})
afterAll(() => engine.remove())

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Version 1: ids 0-9; version 2, through the ledger: without those below 4. */
async function makeDeleted(name: string) {
  await engine.folder.create(name, numbered(10))
  const location = engine.folder.locate(name)
  const dataset = await engine.open(name)
  const remove = async (filter: string, branch?: string): Promise<void> => {
    const note = { operation: 'maintenance.deleteRows', title: `Delete rows where ${filter}`, branch }
    await noteWrite(engine.context, engine.context.datasets.get(dataset), note, async () => {
      await (await openTable(location, branch)).delete(filter)
    })
  }
  await remove('id < 4')
  return { location, dataset, remove, list: () => undo['undo.list']({ dataset }, idle) }
}

describe('undo and redo', () => {
  it('takes a delete back as a new version, and does it again, as often as one likes', async () => {
    const { location, dataset, list } = await makeDeleted('round')
    expect(await list()).toMatchObject([
      { kind: 'undo', newest: 2, later: [], entry: { title: 'Delete rows where id < 4', versionBefore: 1 } },
    ])
    for (const [newest, kind] of [
      [2, 'undo'],
      [3, 'redo'],
      [4, 'undo'],
      [5, 'redo'],
    ] as const) {
      const [item] = await list()
      expect(item).toMatchObject({ kind, newest, later: [] })
      const input = { dataset, entry: item!.entry.id, newest }
      const done = await (kind === 'undo' ? undo['undo.undo'](input, idle) : undo['undo.redo'](input, idle))
      expect(done).toMatchObject({ version: newest + 1, entry: { operation: `undo.${kind}`, outcome: 'done' } })
      expect(await readIds(location)).toEqual(kind === 'undo' ? range(0, 10) : range(4, 10))
    }
    expect(await list()).toHaveLength(1)
    const { entries } = await readLedger(engine.context, { location })
    expect(entries.map(({ operation }) => operation)).toEqual([
      'undo.redo',
      'undo.undo',
      'undo.redo',
      'undo.undo',
      'maintenance.deleteRows',
    ])
    expect(entries[4]).not.toHaveProperty('undoneBy')
  })

  it('goes back one write after another, and forth again', async () => {
    const { location, dataset, remove, list } = await makeDeleted('stack')
    await remove('id = 9')
    const [second, first] = await list()
    expect(first).toMatchObject({
      later: [{ version: 3, sentence: expect.stringContaining('id = 9'), entry: second!.entry.id }],
    })
    await undo['undo.undo']({ dataset, entry: second!.entry.id, newest: 3 }, idle)
    expect(await list()).toMatchObject([
      { kind: 'redo', later: [] },
      { kind: 'undo', later: [] },
    ])
    await undo['undo.undo']({ dataset, entry: first!.entry.id, newest: 4 }, idle)
    expect(await readIds(location)).toEqual(range(0, 10))
    const after = await list()
    expect(after).toMatchObject([
      { kind: 'redo', problem: { code: 'commit-conflict', message: expect.stringContaining('taken back together') } },
      { kind: 'redo', later: [] },
    ])
    const early = undo['undo.redo']({ dataset, entry: second!.entry.id, newest: 5 }, idle)
    await expect(early).rejects.toMatchObject({ code: 'commit-conflict' })
    await undo['undo.redo']({ dataset, entry: first!.entry.id, newest: 5 }, idle)
    await undo['undo.redo']({ dataset, entry: second!.entry.id, newest: 6 }, idle)
    expect(await readIds(location)).toEqual(range(4, 9))
    const refused = undo['undo.redo']({ dataset, entry: second!.entry.id, newest: 7 }, idle)
    await expect(refused).rejects.toMatchObject({
      code: 'commit-conflict',
      message: expect.stringContaining('not undone'),
    })
  })

  it('never takes back what another program committed without being told to', async () => {
    const { location, dataset, list } = await makeDeleted('foreign')
    const [before] = await list()
    await (await openTable(location)).add(numbered(2, 50))
    const entry = before!.entry.id
    const unseen = undo['undo.undo']({ dataset, entry, newest: 2, includingLater: true }, idle)
    await expect(unseen).rejects.toMatchObject({
      code: 'commit-conflict',
      message: expect.stringContaining('Version 3'),
    })
    const unsaid = undo['undo.undo']({ dataset, entry, newest: 3 }, idle)
    await expect(unsaid).rejects.toMatchObject({
      code: 'commit-conflict',
      message: expect.stringContaining('version 3 (Append: 1 fragment, 2 rows)'),
    })
    expect(await readIds(location)).toEqual([...range(4, 10), 50, 51])
    const [item] = await list()
    expect(item).toMatchObject({ newest: 3, later: [{ version: 3, sentence: 'Append: 1 fragment, 2 rows' }] })
    expect(item!.later[0]).not.toHaveProperty('entry')
    await undo['undo.undo']({ dataset, entry, newest: 3, includingLater: true }, idle)
    expect(await readIds(location)).toEqual(range(0, 10))
    // Doing it again brings back what was taken back with it.
    await undo['undo.redo']({ dataset, entry, newest: 4 }, idle)
    expect(await readIds(location)).toEqual([...range(4, 10), 50, 51])
    expect((await list())[0]).toMatchObject({ kind: 'undo', later: [{ version: 3 }] })
  })

  it('puts back what another program commits at the very moment', async () => {
    const { location, dataset, list } = await makeDeleted('race')
    const [item] = await list()
    const real = nativeWriterFor(engine.context.paths.dataDir)
    let isFirst = true
    const writer = new Proxy(real, {
      get: (target, name) => {
        if (name !== 'restore') return (Reflect.get(target, name) as CallableFunction).bind(target) as unknown
        return async (...args: Parameters<typeof real.restore>) => {
          if (isFirst) await (await openTable(location)).add(numbered(1, 77))
          isFirst = false
          return target.restore(...args)
        }
      },
    })
    const opened = engine.context.datasets.get(dataset)
    const reader = createVersionFactsReader()
    const work = { context: engine.context, reader, dataset: opened, writer, signal: idle.signal }
    const raced = takeBack(work, 'undo', { dataset, entry: item!.entry.id, newest: 2 })
    await expect(raced).rejects.toMatchObject({
      code: 'commit-conflict',
      message: expect.stringContaining('version 3'),
    })
    expect(await readIds(location)).toEqual([...range(4, 10), 77])
    expect((await readLedger(engine.context, opened)).entries[0]).toMatchObject({ outcome: 'failed' })
    expect((await list())[0]).toMatchObject({ kind: 'undo', newest: 5 })
  })

  it('undoes restores and dropped indices; tags and branches are not in the list', async () => {
    const { location, dataset, list } = await makeDeleted('kinds')
    await createVersionsHandlers(engine.context)['versions.restore']({ dataset, version: 1 }, idle)
    await (await openTable(location)).createIndex('id', { name: 'id_idx' })
    await createIndicesHandlers(engine.context)['indices.drop']({ dataset, name: 'id_idx' }, idle)
    await createTagsHandlers(engine.context)['tags.create']({ dataset, name: 'x' }, idle)
    await createBranchesHandlers(engine.context)['branches.create']({ dataset, name: 'b' }, idle)
    const items = await list()
    expect(items.map(({ entry }) => entry.title)).toEqual([
      'Drop index id_idx',
      'Restore version 1',
      'Delete rows where id < 4',
    ])
    await undo['undo.undo']({ dataset, entry: items[0]!.entry.id, newest: 5 }, idle)
    expect(await (await openTable(location)).listIndices()).toMatchObject([{ name: 'id_idx' }])
    const restore = { dataset, entry: items[1]!.entry.id, newest: 6 }
    await expect(undo['undo.undo'](restore, idle)).rejects.toMatchObject({
      code: 'commit-conflict',
      message: expect.stringContaining('Create index id_idx'),
    })
    await undo['undo.undo']({ ...restore, includingLater: true }, idle)
    expect(await readIds(location)).toEqual(range(4, 10))
    const { entries } = await readLedger(engine.context, { location })
    expect(entries.filter(({ operation }) => !operation.startsWith('undo')).map(({ title }) => title)).toEqual([
      'Create branch b from the newest version',
      'Create tag x at the newest version',
      'Drop index id_idx',
      'Restore version 1',
      'Delete rows where id < 4',
    ])
  })

  it('works on branches, beside main', async () => {
    const { location, dataset, remove, list } = await makeDeleted('branch')
    await createBranchesHandlers(engine.context)['branches.create']({ dataset, name: 'exp' }, idle)
    await remove('id = 7', 'exp')
    const [item] = await list()
    expect(item).toMatchObject({ entry: { branch: 'exp' }, later: [] })
    await undo['undo.undo']({ dataset, entry: item!.entry.id, newest: item!.newest }, idle)
    expect(await readIds(location, { branch: 'exp' })).toEqual(range(4, 10))
    expect(await readIds(location)).toEqual(range(4, 10))
    await createBranchesHandlers(engine.context)['branches.delete']({ dataset, name: 'exp' }, idle)
    expect(await list()).toMatchObject([{ problem: { code: 'ref-not-found' } }, { kind: 'undo', later: [] }])
  })

  it('says why there is no way back', async () => {
    const { location, dataset, list } = await makeDeleted('gone')
    await (await openTable(location)).optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    const [item] = await list()
    expect(item).toMatchObject({
      problem: { code: 'version-not-found', message: expect.stringContaining('cleaned up') },
    })
    const input = { dataset, entry: item!.entry.id, newest: item!.newest, includingLater: true }
    await expect(undo['undo.undo'](input, idle)).rejects.toMatchObject({ code: 'version-not-found' })
    const unknown = undo['undo.undo']({ ...input, entry: 'nobody' }, idle)
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
    // Another dataset with fewer versions in the same place.
    rmSync(join(location), { recursive: true })
    await engine.folder.create('gone', numbered(3))
    expect(await list()).toMatchObject([{ problem: { message: expect.stringContaining('replaced') } }])
  })

  it('names what others committed while a write ran', async () => {
    const { location, dataset, list } = await makeDeleted('during')
    const note = { operation: 'maintenance.compact', title: 'Compact' }
    await noteWrite(engine.context, engine.context.datasets.get(dataset), note, async () => {
      await (await openTable(location)).add(numbered(1, 60))
      await (await openTable(location)).optimize({ cleanupOlderThan: new Date(0) })
    })
    const [item] = await list()
    expect(item!.later).toMatchObject([{ version: 3, sentence: 'Append: 1 fragment, 1 row' }])
  })
})
