import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { readLedger } from '../ledger/index.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { idle, openTable, readIds } from '../versions/writing.fixture.ts'
import { createCheckpointsHandlers } from './index.ts'

const engines: TestContext[] = []
let engine: TestContext
let folder: string

beforeEach(async () => {
  engine = await makeTestContext()
  engines.push(engine)
  folder = engine.folder.path
  await engine.folder.create('one', numbered(10))
  await engine.folder.create('two', numbered(5))
})
afterAll(() => Promise.all(engines.map((it) => it.remove())))

const call = () => createCheckpointsHandlers(engine.context)
const list = async () => call()['checkpoints.list']({ folder }, idle)
const create = async (name: string, note?: string) =>
  call()['checkpoints.create']({ folder, name, ...(note === undefined ? {} : { note }) }, idle)
const restore = async (name: string, paths?: string[]) =>
  call()['checkpoints.restore']({ folder, name, ...(paths === undefined ? {} : { paths }) }, idle)
const remove = async (name: string) => call()['checkpoints.delete']({ folder, name }, idle)
const at = (name: string) => engine.folder.locate(name)

const withReason = (reason: string) =>
  `{"format":1,"checkpoints":[{"name":"a","createdAt":"","members":[{"path":"a","reason":${reason}}]}]}`

async function change(name: string): Promise<void> {
  const table = await openTable(at(name))
  await table.delete('id < 3')
}

describe('restore points', () => {
  it('tag the newest version of every dataset and bring all of them back', async () => {
    const { checkpoint, outcomes } = await create('before', 'before the import')
    expect(outcomes).toEqual([
      { path: 'one.lance', version: 1 },
      { path: 'two.lance', version: 1 },
    ])
    expect(checkpoint).toMatchObject({ name: 'before', note: 'before the import', isPartial: false })
    expect(checkpoint.members).toEqual([
      { path: 'one.lance', state: { kind: 'kept', version: 1, newest: 1 } },
      { path: 'two.lance', state: { kind: 'kept', version: 1, newest: 1 } },
    ])
    const tags = await (await openTable(at('one'))).tags()
    expect(await tags.getVersion('checkpoint.before')).toBe(1)

    await change('one')
    expect((await list())[0]?.members[0]).toEqual({
      path: 'one.lance',
      state: { kind: 'kept', version: 1, newest: 2 },
    })
    expect((await restore('before')).outcomes).toEqual([
      { path: 'one.lance', version: 3 },
      { path: 'two.lance', version: 1 },
    ])
    expect(await readIds(at('one'))).toHaveLength(10)
    expect(await readIds(at('two'))).toHaveLength(5)
    // Only what was written is in a ledger, each dataset's in its own.
    const [entry, ...others] = (await readLedger(engine.context, { location: at('one') })).entries
    expect(entry).toMatchObject({
      operation: 'checkpoints.restore',
      outcome: 'done',
      versionBefore: 2,
      versionAfter: 3,
    })
    expect([...others, ...(await readLedger(engine.context, { location: at('two') })).entries]).toEqual([])
  })

  it('keep their versions from LanceDB itself', async () => {
    await create('kept')
    await change('one')
    const table = await openTable(at('one'))
    await expect(table.optimize({ cleanupOlderThan: new Date() })).rejects.toThrow(/tagged/)
    await restore('kept')
    expect(await readIds(at('one'))).toHaveLength(10)
  })

  it('are listed newest first and deleted with their tags', async () => {
    await create('first')
    await create('second')
    expect((await list()).map(({ name }) => name)).toEqual(['second', 'first'])
    expect((await remove('first')).outcomes.every(({ error }) => error === undefined)).toBe(true)
    expect((await list()).map(({ name }) => name)).toEqual(['second'])
    expect(readdirSync(join(at('one'), '_refs/tags'))).toEqual(['checkpoint.second.json'])
  })

  it('say what they have lost, and restore only what is asked for then', async () => {
    await create('holey')
    await change('one')
    await change('two')
    const table = await openTable(at('one'))
    await (await table.tags()).delete('checkpoint.holey')
    expect((await list())[0]).toMatchObject({
      isPartial: true,
      members: [{ state: { kind: 'untagged' } }, { state: { kind: 'kept' } }],
    })
    await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    expect((await list())[0]?.members[0]?.state).toMatchObject({ kind: 'version-gone', version: 1 })
    await expect(restore('holey')).rejects.toMatchObject({ code: 'version-not-found' })
    expect(await readIds(at('two'))).toHaveLength(2)
    expect((await restore('holey', ['two.lance'])).outcomes).toEqual([{ path: 'two.lance', version: 3 }])
    renameSync(at('two'), join(folder, 'three.lance'))
    expect((await list())[0]?.members[1]).toEqual({
      path: 'two.lance',
      state: { kind: 'dataset-gone', version: 1 },
    })
    expect((await restore('holey', ['one.lance', 'two.lance'])).outcomes).toMatchObject([
      { path: 'one.lance', error: { code: 'version-not-found' } },
      { path: 'two.lance', error: { code: 'not-found' } },
    ])
    await expect(restore('holey', ['three.lance'])).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('of a folder with a damaged dataset are partial from the start, and say why', async () => {
    for (const name of readdirSync(join(at('two'), '_versions'))) writeFileSync(join(at('two'), '_versions', name), 'x')
    const { checkpoint, outcomes } = await create('partial')
    expect(outcomes[0]).toEqual({ path: 'one.lance', version: 1 })
    expect(outcomes[1]).toMatchObject({ path: 'two.lance', error: { code: 'corrupt-manifest' } })
    expect(checkpoint.isPartial).toBe(true)
    const never = { path: 'two.lance', state: { kind: 'not-recorded', reason: { code: 'corrupt-manifest' } } }
    expect((await list())[0]?.members[1]).toMatchObject(never)
    // It opens later on, and there is still nothing to go back to.
    rmSync(at('two'), { recursive: true })
    await engine.folder.create('two', numbered(5))
    expect((await list())[0]?.members[1]).toMatchObject(never)
    await expect(restore('partial')).rejects.toMatchObject({ code: 'version-not-found' })
    expect((await restore('partial', ['two.lance'])).outcomes).toMatchObject([
      { error: { code: 'version-not-found', message: expect.stringContaining('never held a version') } },
    ])
    expect((await remove('partial')).outcomes).toEqual([{ path: 'one.lance', version: 1 }, { path: 'two.lance' }])
  })

  it('tell a dataset that does not open from one that is gone, and keep its tag in mind', async () => {
    await create('torn')
    const [manifest] = readdirSync(join(at('two'), '_versions')).filter((name) => name.endsWith('.manifest'))
    const file = join(at('two'), '_versions', manifest!)
    const whole = readFileSync(file)
    writeFileSync(file, 'x')
    expect((await list())[0]?.members[1]).toMatchObject({
      state: { kind: 'unreadable', version: 1, reason: { code: 'corrupt-manifest' } },
    })
    expect((await remove('torn')).outcomes).toMatchObject([
      { path: 'one.lance', version: 1 },
      { path: 'two.lance', error: { code: 'corrupt-manifest', message: expect.stringContaining('its tag stays') } },
    ])
    expect(await list()).toHaveLength(1)
    writeFileSync(file, whole)
    expect((await remove('torn')).outcomes.every(({ error }) => error === undefined)).toBe(true)
    expect(await list()).toEqual([])
    expect(readdirSync(join(at('two'), '_refs/tags'))).toEqual([])
  })

  it('made before reasons were noted say so', async () => {
    await create('old')
    const place = join(engine.context.paths.dataDir, 'restore-points')
    for (const name of readdirSync(place)) {
      const text = readFileSync(join(place, name), 'utf8')
      writeFileSync(join(place, name), text.replace(/("two\.lance"),\s*"version": ?1/, '$1'))
      expect(readFileSync(join(place, name), 'utf8')).not.toBe(text)
    }
    expect((await list())[0]?.members[1]?.state).toMatchObject({
      kind: 'not-recorded',
      reason: { message: 'It did not open when the restore point was made.' },
    })
  })

  it('made at the same time are all kept', async () => {
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => create(name)))
    expect((await list()).map(({ name }) => name).toSorted()).toEqual(names)
  })

  it('find datasets below sub-folders', async () => {
    mkdirSync(join(folder, 'deep/er'), { recursive: true })
    await (await lancedb.connect(join(folder, 'deep/er'))).createTable('low', [{ id: 1 }])
    const { outcomes } = await create('deep')
    expect(outcomes.map(({ path }) => path)).toContain('deep/er/low.lance')
  })

  it('refuse names that are taken or no tags, folders without datasets, and names that are not there', async () => {
    await create('taken')
    await expect(create('taken')).rejects.toMatchObject({ code: 'already-exists' })
    for (const name of ['a/../b', 'x y', '']) await expect(create(name)).rejects.toMatchObject({ code: 'invalid-name' })
    for (const run of [restore, remove]) await expect(run('other')).rejects.toMatchObject({ code: 'not-found' })
    rmSync(at('one'), { recursive: true })
    rmSync(at('two'), { recursive: true })
    await expect(create('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('name their list when it is damaged', async () => {
    await create('lost')
    const place = join(engine.context.paths.dataDir, 'restore-points')
    for (const [text, words] of [
      ['{', 'not JSON'],
      ['{"format":2}', 'not a list'],
      ['{"format":1,"checkpoints":[{"name":1}]}', 'not a list'],
      [withReason('{"code":"no-such-code","message":"x"}'), 'not a list'],
      [withReason('"x"'), 'not a list'],
    ] as const) {
      for (const name of readdirSync(place)) writeFileSync(join(place, name), text)
      await expect(list()).rejects.toMatchObject({ code: 'corrupt-data', message: expect.stringContaining(words) })
    }
  })
})
