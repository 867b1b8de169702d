import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatasetsHandlers } from '../datasets/index.ts'
import { numbered } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine
let location: string
let before: readonly string[]

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

beforeAll(async () => {
  engine = await makeTestEngine()
  const table = await engine.folder.create('torn', numbered(10))
  await table.delete('id = 3')
  await (await table.branches()).create('side')
  await table.add(numbered(10, 10))
  location = engine.folder.locate('torn')
  const [newest] = readdirSync(join(location, '_versions')).toSorted()
  const path = join(location, '_versions', newest!)
  writeFileSync(path, readFileSync(path).subarray(0, 40))
  before = filesOf(location)
})
afterAll(() => engine.remove())

describe('a dataset whose newest manifest is damaged', () => {
  it('is refused, naming the newest version that reads', async () => {
    await expect(engine.context.datasets.open(location)).rejects.toMatchObject({
      code: 'corrupt-manifest',
      hint: expect.stringContaining('Version 2 still reads'),
      detail: { version: 3, readableVersion: 2 },
    })
  })

  it('opens at an older version, with its rows, cells and counts', async () => {
    const handlers = createDatasetsHandlers(engine.context)
    const opened = await handlers['datasets.open']({ location, ref: { version: 2 } }, idle)
    expect(opened).toMatchObject({ version: 2, latestVersion: 3, rows: 9 })
    const view = { dataset: opened.dataset, ref: { version: 2 } }
    expect(valuesOf(await page(engine, view), 'id').map(Number)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9])
    expect(await engine.rows['rows.count']({ ...view, filter: 'id > 5' }, idle)).toEqual({ count: 4 })
    const sorted = await page(engine, { ...view, orderBy: [{ column: 'id', descending: true }], limit: 2 })
    expect(valuesOf(sorted, 'id').map(Number)).toEqual([9, 8])
    expect(await engine.rows['rows.count']({ ...view, ref: { version: 1 } }, idle)).toEqual({ count: 10 })
    await expect(page(engine, { dataset: opened.dataset })).rejects.toMatchObject({ code: 'corrupt-manifest' })
  })

  it('shows its branches, which Lance reaches by way of main', async () => {
    const { handle } = await engine.context.datasets.open(location, undefined, { branch: 'side' })
    const view = { dataset: handle, ref: { branch: 'side' } }
    expect(await engine.rows['rows.count']({ ...view, filter: 'id > 5' }, idle)).toEqual({ count: 4 })
    expect(valuesOf(await page(engine, view), 'id')).toHaveLength(9)
  })

  it('is left as it was', () => {
    expect(filesOf(location)).toEqual(before)
  })

  it('says of a folder without versions that it is none, whatever ref is asked for', async () => {
    await expect(engine.context.datasets.open(engine.folder.path, undefined, { version: 2 })).rejects.toMatchObject({
      code: 'not-a-dataset',
    })
  })
})
