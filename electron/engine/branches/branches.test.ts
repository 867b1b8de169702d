import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { numbered } from '../lance/tables.fixture.ts'
import {
  idle,
  listTree,
  makeWritingEngine,
  openTable,
  readIds,
  setWritable,
  withoutPrivileges,
  type WritingEngine,
} from '../versions/writing.fixture.ts'

let engine: WritingEngine
beforeAll(async () => {
  engine = await makeWritingEngine()
})
afterAll(() => engine.remove())

/** Version 1: ten rows; 2: nine; 3: fourteen. */
async function makeHistory(name: string): Promise<{ location: string; dataset: string }> {
  const table = await engine.folder.create(name, numbered(10))
  await table.delete('id = 3')
  await table.add(numbered(5, 20))
  return { location: engine.folder.locate(name), dataset: await engine.open(name) }
}

const create = async (input: Input<'branches.create'>) => engine.handlers['branches.create'](input, idle)
const remove = async (input: Input<'branches.delete'>) => engine.handlers['branches.delete'](input, idle)
const list = async (dataset: string) => engine.handlers['branches.list']({ dataset }, idle)
const tag = async (input: Input<'tags.create'>) => engine.handlers['tags.create'](input, idle)

async function basePathsOf(handle: string, branch: string): Promise<readonly string[]> {
  const dataset = engine.context.datasets.get(handle)
  const manifest = await dataset.manifest(await dataset.resolve({ branch }))
  return manifest.basePaths.map(({ path }) => path)
}

/** Rows LanceDB finds on a branch in a process that never knew of any link of ours. */
function countElsewhere(folder: string, name: string, branch: string): number {
  const program = `
    const lancedb = require('@lancedb/lancedb')
    lancedb.connect(process.argv[1]).then(async (db) => {
      const table = await db.openTable(process.argv[2], [], { branch: process.argv[3] })
      console.log((await table.query().toArray()).length)
    })`
  return Number(execFileSync(process.execPath, ['-e', program, folder, name, branch], { encoding: 'utf8' }))
}

describe('branches', () => {
  it('start at the newest version, any version, a tag, a branch or a version of a branch', async () => {
    const { dataset, location } = await makeHistory('made')
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
    expect(await create({ dataset, name: 'newest' })).toEqual({
      name: 'newest',
      parentVersion: 3,
      latestVersion: 3,
      createdAt: at,
    })
    expect(await create({ dataset, name: 'feat/a', from: { version: 2 } })).toMatchObject({ parentVersion: 2 })
    await tag({ dataset, name: 't', ref: { version: 1 } })
    expect(await create({ dataset, name: 'tagged', from: { tag: 't' } })).toMatchObject({ parentVersion: 1 })
    await (await openTable(location, 'feat/a')).add(numbered(1, 70))
    expect(await create({ dataset, name: 'child', from: { branch: 'feat/a' } })).toMatchObject({
      parentBranch: 'feat/a',
      parentVersion: 3,
    })
    const fork = { branch: 'feat/a', version: 2 }
    expect(await create({ dataset, name: 'feat/b', from: fork })).toMatchObject({
      parentBranch: 'feat/a',
      parentVersion: 2,
    })
    await tag({ dataset, name: 'on-branch', ref: { branch: 'feat/a' } })
    expect(await create({ dataset, name: 'late', from: { tag: 'on-branch' } })).toMatchObject({
      parentBranch: 'feat/a',
      parentVersion: 3,
    })
    const native = await (await (await openTable(location)).branches()).list()
    expect(Object.keys(native).toSorted()).toEqual((await list(dataset)).map(({ name }) => name).toSorted())
    expect(await readIds(location, { branch: 'tagged' })).toHaveLength(10)
    expect(await readIds(location, { branch: 'late' })).toHaveLength(10)
    expect(await readIds(location, { branch: 'feat/b' })).toHaveLength(9)
  })

  it('refer to their parent by its real path, so that any program reads them once our links are gone', async () => {
    const { dataset, location } = await makeHistory('paths')
    await create({ dataset, name: 'a' })
    await create({ dataset, name: 'b', from: { branch: 'a' } })
    await (await openTable(location, 'b')).add(numbered(1, 90))
    await engine.handlers['versions.restore']({ dataset, branch: 'b', version: 3 }, idle)
    expect(await basePathsOf(dataset, 'a')).toEqual([location])
    expect((await basePathsOf(dataset, 'b')).toSorted()).toEqual([location, join(location, 'tree/a')])
    expect(readdirSync(join(engine.folder.path, 'app data', 'links'))).not.toEqual([])
    expect(countElsewhere(engine.folder.path, 'paths', 'a')).toBe(14)
    expect(countElsewhere(engine.folder.path, 'paths', 'b')).toBe(14)
  })

  it('work below folders of any name and leave nothing beside them', async () => {
    const { location } = await makeHistory('plain')
    for (const name of ['with space', 'ünï 日本', 'a#b', '50%25 of {it}', 'a~b|c^d`e"f<g>h*i[j]\\k']) {
      const parent = join(engine.folder.path, name)
      mkdirSync(parent)
      renameSync(location, join(parent, 'plain.lance'))
      const dataset = await engine.open(join(parent, 'plain.lance'))
      const beside = readdirSync(engine.folder.path)
      await create({ dataset, name: 'exp/one' })
      expect(await basePathsOf(dataset, 'exp/one')).toEqual([join(parent, 'plain.lance')])
      expect(countElsewhere(parent, 'plain', 'exp/one')).toBe(14)
      await remove({ dataset, name: 'exp/one' })
      expect(readdirSync(engine.folder.path)).toEqual(beside)
      expect(readdirSync(parent)).toEqual(['plain.lance'])
      renameSync(join(parent, 'plain.lance'), location)
    }
  }, 60_000)

  it('are deleted with their files, telling what they were', async () => {
    const { dataset, location } = await makeHistory('deleted')
    const before = listTree(location).filter((entry) => /^(data|_versions|_transactions)/.test(entry))
    const made = await create({ dataset, name: 'exp/one' })
    await (await openTable(location, 'exp/one')).add(numbered(5, 60))
    expect(await remove({ dataset, name: 'exp/one' })).toEqual({ deleted: { ...made, latestVersion: 4 } })
    expect(existsSync(join(location, 'tree/exp'))).toBe(false)
    expect(await list(dataset)).toEqual([])
    expect(listTree(location)).toEqual(expect.arrayContaining(before))
    expect(await readIds(location)).toHaveLength(14)
    expect(await create({ dataset, name: 'exp/one', from: { version: 1 } })).toMatchObject({ parentVersion: 1 })
  })

  it('that cannot be read are listed with the reason', async () => {
    const { dataset, location } = await makeHistory('unreadable')
    await create({ dataset, name: 'good' })
    writeFileSync(join(location, '_refs/branches/bad.json'), '{')
    expect(await list(dataset)).toMatchObject([
      { name: 'bad', problem: 'The branch file is damaged.' },
      { name: 'good' },
    ])
    await expect(remove({ dataset, name: 'bad' })).rejects.toMatchObject({ code: 'corrupt-data' })
  })
})

describe('branches are refused', () => {
  it('for names that are wrong, taken or in the way, and states that are not there', async () => {
    const { dataset, location } = await makeHistory('names')
    await create({ dataset, name: 'exp' })
    const before = listTree(location)
    await expect(create({ dataset, name: 'with space' })).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(create({ dataset, name: 'main' })).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(create({ dataset, name: 'exp/data' })).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(create({ dataset, name: 'exp', from: { version: 1 } })).rejects.toMatchObject({
      code: 'already-exists',
      message: 'There is a branch "exp" already.',
    })
    await expect(create({ dataset, name: 'x', from: { version: 9 } })).rejects.toMatchObject({
      code: 'version-not-found',
    })
    await expect(create({ dataset, name: 'x', from: { tag: 'no' } })).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(create({ dataset, name: 'x', from: { branch: 'no' } })).rejects.toMatchObject({
      code: 'ref-not-found',
    })
    await expect(remove({ dataset, name: 'no' })).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(remove({ dataset, name: 'main' })).rejects.toMatchObject({ code: 'invalid-name' })
    expect(listTree(location)).toEqual(before)
    rmSync(join(location, '_refs/branches/exp.json'))
    await expect(create({ dataset, name: 'exp' })).rejects.toMatchObject({
      code: 'already-exists',
      message: 'The folder tree/exp holds versions of a branch that is not listed.',
    })
  })

  it('deletion while branches or tags depend on them, naming these', async () => {
    const { dataset, location } = await makeHistory('in_use')
    await create({ dataset, name: 'exp' })
    await create({ dataset, name: 'child', from: { branch: 'exp' } })
    await expect(remove({ dataset, name: 'exp' })).rejects.toMatchObject({
      code: 'in-use',
      message: 'The branch "exp" cannot be deleted: the branch child started from it.',
    })
    await remove({ dataset, name: 'child' })
    await create({ dataset, name: 'exp/inside', from: { version: 1 } })
    await expect(remove({ dataset, name: 'exp' })).rejects.toMatchObject({
      code: 'in-use',
      message: 'The branch "exp" cannot be deleted: the branch exp/inside keeps files in its folder.',
    })
    expect(await readIds(location, { branch: 'exp' })).toHaveLength(14)
    await remove({ dataset, name: 'exp/inside' })
    expect(await readIds(location, { branch: 'exp' })).toHaveLength(14)
    await tag({ dataset, name: 'a', ref: { branch: 'exp' } })
    await tag({ dataset, name: 'b', ref: { branch: 'exp' } })
    await expect(remove({ dataset, name: 'exp' })).rejects.toMatchObject({
      code: 'in-use',
      message: 'The branch "exp" cannot be deleted: the tags a, b point at its versions.',
      detail: { tags: ['a', 'b'] },
    })
  })

  it('where Lance would put them in the wrong place', async () => {
    const { location } = await makeHistory('place')
    const odd = join(engine.folder.path, 'Données #1')
    renameSync(location, odd)
    await expect(create({ dataset: await engine.open(odd), name: 'x' })).rejects.toMatchObject({
      code: 'invalid-name',
      message: expect.stringContaining('a folder named like "name.lance"'),
    })
    const parent = join(engine.folder.path, 'que?stion')
    mkdirSync(parent)
    renameSync(odd, join(parent, 'place.lance'))
    const before = readdirSync(engine.folder.path)
    await expect(create({ dataset: await engine.open(join(parent, 'place.lance')), name: 'x' })).rejects.toMatchObject({
      code: 'invalid-name',
      message: expect.stringContaining('question mark'),
    })
    expect(readdirSync(engine.folder.path)).toEqual(before)
  })

  it('where Lance may not make the folder it needs beside the dataset', async () => {
    const { location } = await makeHistory('beside')
    const above = join(engine.folder.path, 'above')
    mkdirSync(join(above, 'ü'), { recursive: true })
    const moved = join(above, 'ü', 'beside.lance')
    renameSync(location, moved)
    const dataset = await engine.open(moved)
    await tag({ dataset, name: 'first' })
    const before = listTree(moved)
    for (const entry of ['', ...readdirSync(moved, { recursive: true, encoding: 'utf8' })]) {
      chmodSync(join(moved, entry), 0o777)
    }
    chmodSync(engine.folder.path, 0o755)
    chmodSync(above, 0o555)
    const failure = await withoutPrivileges(() => create({ dataset, name: 'x' }).catch((error: unknown) => error))
    expect(failure).toMatchObject({
      code: 'invalid-name',
      message: expect.stringContaining(`below ${join(above, 'ü')}:`),
    })
    expect(listTree(moved)).toEqual(before)
    chmodSync(above, 0o755)
  })

  it('where Lance would not find the indices of the parent again', async () => {
    const { dataset, location } = await makeHistory('indexed')
    await (await openTable(location)).createIndex('id', { name: 'id_idx' })
    await create({ dataset, name: 'a' })
    await expect(create({ dataset, name: 'b', from: { branch: 'a' } })).rejects.toMatchObject({
      code: 'unsupported-format',
      message: expect.stringContaining('lose track of the index id_idx'),
    })
    const branches = await (await openTable(location)).branches()
    const lost = await branches.create('lost', 'a')
    await expect(lost.countRows('id = 1'), 'Lance has learnt it: drop the check').rejects.toThrow('_indices')
    const branch = await openTable(location, 'a')
    await branch.createIndex('id', { name: 'id_idx' })
    await create({ dataset, name: 'c', from: { branch: 'a' } })
    expect(await (await openTable(location, 'c')).countRows('id = 1')).toBe(1)
  })

  it('by a dataset that may not be written, and nothing is left behind', async () => {
    const { location, dataset } = await makeHistory('readonly')
    await create({ dataset, name: 'old' })
    setWritable(location, false)
    chmodSync(engine.folder.path, 0o755)
    const before = listTree(location)
    const failures = await withoutPrivileges(() =>
      Promise.allSettled([create({ dataset, name: 'new' }), remove({ dataset, name: 'old' })]),
    )
    setWritable(location, true)
    for (const failure of failures) expect(failure).toMatchObject({ reason: { code: 'read-only' } })
    expect(listTree(location)).toEqual(before)
  })
})
