import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NativeTables } from './native-tables.ts'
import { makeTableFolder, numbered, type TableFolder } from './tables.fixture.ts'

let folder: TableFolder
let tables: NativeTables
const state = (version: number, branch?: string) => ({
  handle: 'h1',
  location: folder.locate('t'),
  branch,
  version,
  stamp: 's',
})

beforeAll(async () => {
  folder = await makeTableFolder()
  const table = await folder.create('t', numbered(10))
  await table.add(numbered(10, 10))
  tables = new NativeTables(join(folder.path, 'data'))
})
afterAll(async () => {
  await tables.close()
  folder.remove()
})

describe('native tables', () => {
  it('open a state once, however many ask', async () => {
    const [a, b] = await Promise.all([tables.open(state(1)), tables.open(state(1))])
    expect(a).toBe(b)
    expect(await a.countRows(undefined, 1000)).toBe(10)
    expect(await (await tables.open(state(2))).countRows(undefined, 1000)).toBe(20)
    expect(await a.countRows(undefined, 1000)).toBe(10)
  })

  it('count rows by their ids, which LanceDB fails to', async () => {
    const table = await tables.open(state(2))
    expect(await table.countRows('_rowid in (0, 3, 4294967296, 99)', 1000)).toBe(3)
    expect(await table.countRows('_rowaddr = 2', 1000)).toBe(1)
    expect(await table.countRows('_rowid in (0, 1) and id = 1', 1000)).toBe(1)
    await expect(table.countRows('_rowid in (0, 1) and nope = 1', 1000)).rejects.toMatchObject({
      code: 'unknown-column',
    })
  })

  it('keep a bounded number and stay usable after one was let go', async () => {
    const first = await tables.open({ ...state(1), stamp: 'first' })
    for (let index = 0; index < 80; index++) await tables.open({ ...state(1), stamp: `x${index}` })
    expect(await first.countRows('id < 5', 1000)).toBe(5)
    expect(await tables.open({ ...state(1), stamp: 'first' })).not.toBe(first)
  })

  it('fail with a code for what is not there, and try again the next time', async () => {
    await expect(tables.open(state(99))).rejects.toMatchObject({ code: 'version-not-found' })
    await expect(tables.open(state(1, 'nope'))).rejects.toMatchObject({ code: 'version-not-found' })
    const gone = {
      handle: 'gone',
      location: join(folder.path, 'nothing.lance'),
      branch: undefined,
      version: 1,
      stamp: '',
    }
    await expect(tables.open(gone)).rejects.toMatchObject({ code: 'not-a-dataset' })
    expect(existsSync(gone.location)).toBe(false)
  })

  it('end a read at its time limit', async () => {
    const table = await tables.open(state(2))
    const read = async (): Promise<void> => {
      for await (const _ids of table.rowIds({ filter: 'id >= 0', timeoutMs: 0 })) continue
    }
    await expect(read()).rejects.toMatchObject({ code: 'timeout' })
  })

  it('say so when the app has no folder it may write in', async () => {
    const blocked = join(folder.path, 'blocked')
    writeFileSync(blocked, '')
    await expect(new NativeTables(blocked).open(state(1))).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining('own data folder'),
      hint: expect.stringContaining('TILTYARD_DATA_DIR'),
    })
  })

  it('keep what Lance writes for itself below the data folder, and clear it after a process that died', async () => {
    const dataDir = join(folder.path, 'scratch test')
    const left = join(dataDir, 'scratch', '999999999-0123abcd')
    mkdirSync(join(left, '.tmpAbc'), { recursive: true })
    const temporary = process.env['TMPDIR']
    const other = new NativeTables(dataDir)
    await other.open(state(1))
    const [own, ...rest] = readdirSync(join(dataDir, 'scratch'))
    expect(rest).toEqual([])
    expect(own).toMatch(new RegExp(`^${process.pid}-`))
    expect(readdirSync(join(dataDir, 'scratch', own!))).toHaveLength(1)
    expect(process.env['TMPDIR']).toBe(temporary)
    await other.close()
  })

  it('remove their links when closed', async () => {
    const other = new NativeTables(join(folder.path, 'other'))
    await other.open(state(1))
    await other.close()
    expect(readdirSync(join(folder.path, 'other', 'links'))).toEqual([])
  })
})
