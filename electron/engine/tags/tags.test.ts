import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { numbered } from '../lance/tables.fixture.ts'
import {
  idle,
  listTree,
  makeWritingEngine,
  openTable,
  setWritable,
  withoutPrivileges,
  type WritingEngine,
} from '../versions/writing.fixture.ts'

let engine: WritingEngine
beforeAll(async () => {
  engine = await makeWritingEngine()
})
afterAll(() => engine.remove())

/** Versions 1 to 3 on main, and a branch `exp` from 2 with version 3 of its own. */
async function makeHistory(name: string): Promise<{ location: string; dataset: string }> {
  const table = await engine.folder.create(name, numbered(10))
  await table.delete('id = 3')
  await table.add(numbered(5, 20))
  const location = engine.folder.locate(name)
  const dataset = await engine.open(name)
  await engine.handlers['branches.create']({ dataset, name: 'exp', from: { version: 2 } }, idle)
  await (await openTable(location, 'exp')).add(numbered(2, 40))
  return { location, dataset }
}

const create = async (input: Input<'tags.create'>) => engine.handlers['tags.create'](input, idle)
const move = async (input: Input<'tags.move'>) => engine.handlers['tags.move'](input, idle)
const remove = async (input: Input<'tags.delete'>) => engine.handlers['tags.delete'](input, idle)
const list = async (dataset: string) => engine.handlers['tags.list']({ dataset }, idle)

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/)

describe('tags', () => {
  it('name a version, tag or branch; LanceDB and we read the same', async () => {
    const { location, dataset } = await makeHistory('made')
    expect(await create({ dataset, name: 'newest' })).toEqual({
      name: 'newest',
      version: 3,
      createdAt: DATE,
      updatedAt: DATE,
    })
    expect(await create({ dataset, name: 'v1.0_a-b', ref: { version: 1 } })).toMatchObject({ version: 1 })
    expect(await create({ dataset, name: 'copy', ref: { tag: 'v1.0_a-b' } })).toMatchObject({ version: 1 })
    expect(await create({ dataset, name: 'tip', ref: { branch: 'exp' } })).toMatchObject({ version: 3, branch: 'exp' })
    expect(await create({ dataset, name: 'fork', ref: { branch: 'exp', version: 2 } })).toMatchObject({
      version: 2,
      branch: 'exp',
    })
    const native = await (await (await openTable(location)).tags()).list()
    expect(Object.entries(native).map(([name, tag]) => [name, tag.version])).toEqual(
      expect.arrayContaining((await list(dataset)).map(({ name, version }) => [name, version])),
    )
    const table = await openTable(location)
    await table.checkout('tip')
    expect(await table.countRows()).toBe(11)
  })

  it('move, also between branches, keeping when they were made', async () => {
    const { dataset } = await makeHistory('moved')
    const made = await create({ dataset, name: 't', ref: { version: 1 } })
    const { before, after } = await move({ dataset, name: 't', ref: { branch: 'exp' } })
    expect(before).toEqual(made)
    expect(after).toMatchObject({ version: 3, branch: 'exp', createdAt: made.createdAt })
    expect(after.updatedAt! > made.updatedAt!).toBe(true)
    expect((await move({ dataset, name: 't', ref: { version: 2 } })).after).not.toHaveProperty('branch')
  })

  it('are deleted, telling what they were', async () => {
    const { dataset } = await makeHistory('deleted')
    const made = await create({ dataset, name: 't', ref: { version: 1 } })
    expect(await remove({ dataset, name: 't' })).toEqual({ deleted: made })
    expect(await list(dataset)).toEqual([])
  })

  it('that cannot be read are listed with the reason, do not move, and can be deleted', async () => {
    const { location, dataset } = await makeHistory('unreadable')
    await create({ dataset, name: 'good' })
    writeFileSync(join(location, '_refs/tags/bad.json'), '{')
    expect(await list(dataset)).toMatchObject([{ name: 'bad', problem: 'The tag file is damaged.' }, { name: 'good' }])
    await expect(move({ dataset, name: 'bad' })).rejects.toMatchObject({ code: 'corrupt-data' })
    await expect(create({ dataset, name: 'bad' })).rejects.toMatchObject({ code: 'already-exists' })
    expect(await remove({ dataset, name: 'bad' })).toMatchObject({ deleted: { name: 'bad' } })
    expect(await list(dataset)).toMatchObject([{ name: 'good' }])
  })

  it('with a name beyond ASCII, which break the listing of LanceDB, can be deleted', async () => {
    const { location, dataset } = await makeHistory('foreign_name')
    const tags = await (await openTable(location)).tags()
    await tags.create('ünï', 1)
    await expect(tags.list()).rejects.toThrow()
    await remove({ dataset, name: 'ünï' })
    expect(await tags.list()).toEqual({})
    expect(await list(dataset)).toEqual([])
  })

  it('work for any name and path of a dataset, and leave nothing beside it', async () => {
    const { location } = await makeHistory('plain')
    for (const name of ['Données #1 50%', 'que?stion', 'sub~dir {x}']) {
      const parent = join(engine.folder.path, name)
      mkdirSync(parent)
      renameSync(location, join(parent, 'ünï'))
      const dataset = await engine.open(join(parent, 'ünï'))
      const beside = readdirSync(engine.folder.path)
      await create({ dataset, name: 'a', ref: { version: 1 } })
      await move({ dataset, name: 'a' })
      await remove({ dataset, name: 'a' })
      expect(readdirSync(engine.folder.path)).toEqual(beside)
      expect(readdirSync(parent)).toEqual(['ünï'])
      renameSync(join(parent, 'ünï'), location)
    }
  })

  it('work where the data folder of Tiltyard has no plain path', async () => {
    const other = await makeWritingEngine('dönnées')
    try {
      await other.folder.create('t', numbered(3))
      const dataset = await other.open('t')
      const beside = readdirSync(other.folder.path)
      await other.handlers['tags.create']({ dataset, name: 'a' }, idle)
      expect(readdirSync(other.folder.path).filter((name) => name !== 'dönnées')).toEqual(beside)
    } finally {
      await other.remove()
    }
  })
})

describe('tags are refused', () => {
  it('for names that are taken, wrong or missing', async () => {
    const { dataset } = await makeHistory('names')
    await create({ dataset, name: 'a', ref: { branch: 'exp' } })
    await expect(create({ dataset, name: 'a' })).rejects.toMatchObject({
      code: 'already-exists',
      message: 'There is a tag "a" already: it points to version 3 of branch "exp".',
    })
    await expect(create({ dataset, name: 'ünï' })).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(create({ dataset, name: 'b', ref: { version: 9 } })).rejects.toMatchObject({
      code: 'version-not-found',
    })
    await expect(create({ dataset, name: 'b', ref: { branch: 'exp', version: 1 } })).rejects.toMatchObject({
      code: 'version-not-found',
    })
    await expect(create({ dataset, name: 'b', ref: { tag: 'x' } })).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(move({ dataset, name: 'x' })).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(move({ dataset, name: 'a', ref: { version: 9 } })).rejects.toMatchObject({ code: 'version-not-found' })
    await expect(remove({ dataset, name: 'x' })).rejects.toMatchObject({ code: 'ref-not-found' })
    expect(await list(dataset)).toMatchObject([{ name: 'a', version: 3, branch: 'exp' }])
  })

  it('to all but one of those who ask for one name at once', async () => {
    const { dataset } = await makeHistory('race')
    const asked = await Promise.allSettled(
      [1, 2, 3, 1].map((version) => create({ dataset, name: 'a', ref: { version } })),
    )
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
    expect(await list(dataset)).toMatchObject([{ name: 'a', version: 1 }])
  })

  it('by a dataset that may not be written, and nothing is left behind', async () => {
    const { location, dataset } = await makeHistory('readonly')
    await create({ dataset, name: 'a' })
    setWritable(location, false)
    chmodSync(engine.folder.path, 0o755)
    const before = listTree(location)
    const file = readFileSync(join(location, '_refs/tags/a.json'), 'utf8')
    const failures = await withoutPrivileges(() =>
      Promise.allSettled([
        create({ dataset, name: 'b' }),
        move({ dataset, name: 'a', ref: { version: 1 } }),
        remove({ dataset, name: 'a' }),
      ]),
    )
    setWritable(location, true)
    for (const failure of failures) expect(failure).toMatchObject({ reason: { code: 'read-only' } })
    expect(listTree(location)).toEqual(before)
    expect(readFileSync(join(location, '_refs/tags/a.json'), 'utf8')).toBe(file)
  })
})
