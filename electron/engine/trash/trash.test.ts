import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FoundItem } from '#shared/model/dataset.ts'
import { createBranchesHandlers } from '../branches/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { createDatasetsHandlers } from '../datasets/index.ts'
import { readLedger } from '../ledger/index.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { idle, readIds, withoutPrivileges } from '../versions/writing.fixture.ts'
import { createVersionsHandlers } from '../versions/index.ts'
import { createTrashHandlers } from './index.ts'

let engine: TestContext
beforeAll(async () => {
  engine = await makeTestContext()
})
afterAll(() => engine.remove())

const call = () => ({
  ...createTrashHandlers(engine.context),
  ...createBranchesHandlers(engine.context),
  ...createDatasetsHandlers(engine.context),
})
const drop = async (location: string) => call()['trash.drop']({ location }, idle)
const list = async () => call()['trash.list']({ folder: engine.folder.path }, idle)
const restore = async (id: string, name?: string) =>
  call()['trash.restore']({ folder: engine.folder.path, id, ...(name === undefined ? {} : { name }) }, idle)
const remove = async (id: string) => call()['trash.delete']({ folder: engine.folder.path, id }, idle)
const rename = async (location: string, name: string) => call()['datasets.rename']({ location, name }, idle)
const trashFolder = () => join(engine.folder.path, '.tiltyard-trash')

async function make(name: string): Promise<string> {
  await engine.folder.create(name, numbered(10))
  return engine.folder.locate(name)
}

async function countByLanceDb(name: string): Promise<number> {
  const connection = await lancedb.connect(engine.folder.path)
  const table = await connection.openTable(name)
  return table.countRows()
}

describe('the trash', () => {
  it('takes a dataset and gives it back as it was', async () => {
    const location = await make('there')
    const before = await countByLanceDb('there')
    const trashed = await drop(location)
    expect(trashed).toMatchObject({ name: 'there', location })
    expect(trashed.bytes).toBeGreaterThan(500)
    expect(Math.abs(Date.parse(trashed.trashedAt) - Date.now())).toBeLessThan(60_000)
    expect(existsSync(location)).toBe(false)
    expect(await list()).toEqual([trashed])
    expect(await restore(trashed.id)).toEqual({ location })
    expect(await countByLanceDb('there')).toBe(before)
    expect(await readIds(location)).toHaveLength(10)
    expect(existsSync(trashFolder())).toBe(false)
  })

  it('is not searched for datasets', async () => {
    const trashed = await drop(await make('hidden'))
    const found: FoundItem[] = []
    for await (const item of call()['datasets.find']({ location: engine.folder.path }, idle)) found.push(item)
    expect(found.filter((item) => item.kind !== 'end' && item.name === 'hidden')).toEqual([])
    await remove(trashed.id)
  })

  it('takes datasets that cannot be opened', async () => {
    const location = await make('broken')
    for (const name of readdirSync(join(location, '_versions'))) writeFileSync(join(location, '_versions', name), 'x')
    const trashed = await drop(location)
    expect((await list()).map(({ id }) => id)).toEqual([trashed.id])
    await restore(trashed.id)
    expect(existsSync(location)).toBe(true)
  })

  it('restores under another name when the old one is taken', async () => {
    const trashed = await drop(await make('taken'))
    await make('taken')
    await expect(restore(trashed.id)).rejects.toMatchObject({ code: 'already-exists' })
    expect(await list()).toHaveLength(1)
    await expect(restore(trashed.id, 'no name')).rejects.toMatchObject({ code: 'invalid-name' })
    await restore(trashed.id, 'taken-before')
    expect(await countByLanceDb('taken-before')).toBe(10)
  })

  it('keeps two of one name apart, newest first', async () => {
    const first = await drop(await make('twice'))
    const second = await drop(await make('twice'))
    expect((await list()).map(({ id }) => id)).toEqual([second.id, first.id])
    expect((await remove(first.id)).bytes).toBe(first.bytes)
    expect((await list()).map(({ id }) => id)).toEqual([second.id])
    await remove(second.id)
    expect(existsSync(trashFolder())).toBe(false)
  })

  it('finishes a deletion that was stopped', async () => {
    const trashed = await drop(await make('doomed'))
    mkdirSync(join(trashFolder(), 'deleted-old', 'half.lance'), { recursive: true })
    expect(await list()).toHaveLength(1)
    await remove(trashed.id)
    expect(existsSync(trashFolder())).toBe(false)
  })

  it('refuses what is no dataset, is not there, or is not in the trash', async () => {
    const folder = join(engine.folder.path, 'plain')
    mkdirSync(folder)
    await expect(drop(folder)).rejects.toMatchObject({ code: 'not-a-dataset' })
    await expect(drop(join(folder, 'nothing.lance'))).rejects.toMatchObject({ code: 'not-found' })
    for (const id of ['../plain', '20260101T000000000Z-00000000', 'x']) {
      await expect(restore(id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(remove(id)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(existsSync(folder)).toBe(true)
  })

  it('never follows a link that stands where the trash should be', async () => {
    const location = await make('linked')
    const elsewhere = join(engine.folder.path, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, trashFolder())
    await expect(drop(location)).rejects.toMatchObject({ code: 'not-a-directory' })
    expect([existsSync(location), readdirSync(elsewhere)]).toEqual([true, []])
    rmSync(trashFolder())
  })

  it('says when the folder may not be written', async () => {
    const location = await make('fixed')
    chmodSync(engine.folder.path, 0o555)
    try {
      await withoutPrivileges(() => expect(drop(location)).rejects.toMatchObject({ code: 'read-only' }))
    } finally {
      chmodSync(engine.folder.path, 0o755)
    }
    expect(existsSync(location)).toBe(true)
  })
})

describe('renaming', () => {
  it('moves the folder; everything in it stays', async () => {
    const location = await make('old-name')
    const renamed = await rename(location, 'new-name')
    expect(renamed.location).toBe(engine.folder.locate('new-name'))
    expect(await countByLanceDb('new-name')).toBe(10)
    expect(existsSync(location)).toBe(false)
    expect(await rename(renamed.location, 'new-name.lance')).toEqual(renamed)
  })

  it('refuses names LanceDB does not open, and names that are taken', async () => {
    const location = await make('keeps')
    await make('other')
    for (const name of ['a b', '../x', '.hidden', '', 'ä', 'x/y']) {
      await expect(rename(location, name), name).rejects.toMatchObject({ code: 'invalid-name' })
    }
    await expect(rename(location, 'other')).rejects.toMatchObject({ code: 'already-exists' })
    expect(existsSync(location)).toBe(true)
  })

  it('refuses a dataset whose branch finds its rows by the path, and restores such only where it was', async () => {
    const location = await make('branched')
    const dataset = await engine.open('branched')
    await call()['branches.create']({ dataset, name: 'side' }, idle)
    await expect(rename(location, 'moved')).rejects.toMatchObject({ code: 'in-use' })
    const trashed = await drop(location)
    await expect(restore(trashed.id, 'moved')).rejects.toMatchObject({ code: 'in-use' })
    expect(await restore(trashed.id)).toEqual({ location })
  })

  it('refuses a dataset a clone beside it reads', async () => {
    const location = await make('original')
    const connection = await lancedb.connect(engine.folder.path)
    await connection.cloneTable('its-clone', location, { isShallow: true })
    await expect(rename(location, 'moved')).rejects.toMatchObject({ code: 'in-use' })
    await expect(drop(location)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining('its-clone'),
    })
    await drop(engine.folder.locate('its-clone'))
    await drop(location)
  })
})

describe('the ledger of a dataset', () => {
  const titles = async (location: string) =>
    (await readLedger(engine.context, { location })).entries.map(({ title, outcome }) => `${title}: ${outcome}`)

  it('goes where it goes, and notes that it went', async () => {
    const location = await make('noted')
    const table = await (await lancedb.connect(engine.folder.path)).openTable('noted')
    await table.delete('id < 3')
    const dataset = await engine.open('noted')
    await createVersionsHandlers(engine.context)['versions.restore']({ dataset, version: 1 }, idle)
    const renamed = await rename(location, 'known')
    const trashed = await drop(renamed.location)
    expect([await titles(location), await titles(renamed.location)]).toEqual([[], []])
    // Another dataset at the place meanwhile has a ledger of its own.
    await make('known')
    const again = await restore(trashed.id, 'third')
    expect(await titles(again.location)).toEqual([
      'Restore from the trash as third.lance: done',
      'Move to the trash: done',
      'Rename noted.lance to known.lance: done',
      'Restore version 1: done',
    ])
    expect(await titles(engine.folder.locate('known'))).toEqual([])
  })

  it('notes what was refused while moving, and stays', async () => {
    const location = await make('stays')
    await make('in-the-way')
    await expect(rename(location, 'in-the-way')).rejects.toMatchObject({ code: 'already-exists' })
    expect(await titles(location)).toEqual(['Rename stays.lance to in-the-way.lance: failed'])
  })

  it('is what is left of a dataset deleted for good', async () => {
    const trashed = await drop(await make('last'))
    await remove(trashed.id)
    const location = join(trashFolder(), trashed.id, 'last.lance')
    expect(await titles(location)).toEqual(['Delete for good: done', 'Move to the trash: done'])
  })
})
