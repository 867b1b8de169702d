import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { runInChild } from './child.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await makeTestEngine()
  const table = await engine.folder.create('whole', numbered(100))
  await table.add(numbered(100, 100))
  table.close()
})
afterAll(() => engine.remove())

/** A copy of the whole dataset under another name, and the paths of its two data files, oldest first. */
function copyWhole(name: string): { location: string; files: string[] } {
  const location = engine.folder.locate(name)
  cpSync(engine.folder.locate('whole'), location, { recursive: true })
  const files = readdirSync(join(location, 'data')).map((file) => join(location, 'data', file))
  return { location, files: files.toSorted((a, b) => statSync(a).size - statSync(b).size) }
}

describe('a missing data file', () => {
  it('is named, and rows that do not need it can be read', async () => {
    const { files } = copyWhole('missing')
    const dataset = await engine.open('missing')
    const first = valuesOf(await page(engine, { dataset, limit: 1 }), 'id')
    expect(first).toEqual([0n])
    const lost = files.find((file) => !isFirst(file))
    if (lost === undefined) throw new Error('no second file')
    renameSync(lost, `${lost}.away`)
    const fresh = await engine.open('missing')
    await expect(page(engine, { dataset: fresh, offset: 150, limit: 10 })).rejects.toMatchObject({
      code: 'missing-file',
      detail: { file: expect.stringMatching(/^data\/.+\.lance$/) as string },
    })
    expect(valuesOf(await page(engine, { dataset: fresh, columns: ['id'], limit: 5 }), 'id')).toHaveLength(5)
    expect((await engine.rows['rows.count']({ dataset: fresh }, idle)).count).toBe(200)
  })
})

/** True for the data file of version 1, which its manifest names. V2 manifest names count down: the last is version 1. */
function isFirst(file: string): boolean {
  const versions = join(file, '..', '..', '_versions')
  const oldest = readdirSync(versions)
    .filter((name) => name.endsWith('.manifest'))
    .toSorted()
    .at(-1)!
  return readFileSync(join(versions, oldest)).includes(basename(file))
}

describe('a version cleaned up while it is open', () => {
  it('says so', async () => {
    const location = engine.folder.locate('cleaned')
    cpSync(engine.folder.locate('whole'), location, { recursive: true })
    const dataset = await engine.open('cleaned')
    const ref = { version: 2 }
    expect((await page(engine, { dataset, ref, limit: 1 })).total).toBe(200)
    const connection = await lancedb.connect(engine.folder.path)
    const table = await connection.openTable('cleaned')
    await table.update({ valuesSql: { text: "'rewritten'" } })
    await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    await expect(page(engine, { dataset, ref, offset: 50, limit: 50 })).rejects.toMatchObject({
      code: 'version-not-found',
    })
    expect((await page(engine, { dataset, limit: 1 })).total).toBe(200)
  })
})

describe('a column that cannot be read', () => {
  it('is named, and the others can be read without it', async () => {
    const table = await engine.folder.create('column-lost', numbered(50))
    const before = readdirSync(join(engine.folder.locate('column-lost'), 'data'))
    await table.addColumns([{ name: 'double', valueSql: 'id * 2' }])
    const added = readdirSync(join(engine.folder.locate('column-lost'), 'data')).filter(
      (file) => !before.includes(file),
    )
    for (const file of added) rmSync(join(engine.folder.locate('column-lost'), 'data', file))
    const dataset = await engine.open('column-lost')
    await expect(page(engine, { dataset })).rejects.toMatchObject({
      code: 'missing-file',
      detail: { columns: ['double'] },
      message: expect.stringContaining('"double"') as string,
    })
    expect((await page(engine, { dataset, columns: ['id', 'text'] })).arrow).toHaveLength(1)
  })
})

// A damaged file can abort the process, so these run in a child of their own.
describe('a damaged data file', () => {
  it.each(['truncated', 'empty', 'garbage'])(
    '%s: an answer with a code, never a hang',
    async (kind) => {
      const { location, files } = copyWhole(`damaged-${kind}`)
      for (const file of files) {
        if (kind === 'truncated') truncateSync(file, Math.floor(statSync(file).size / 2))
        else writeFileSync(file, kind === 'empty' ? '' : Buffer.alloc(statSync(file).size, 0xa5))
      }
      const outcome = await runInChild(location, 20_000)
      if (outcome.kind === 'died') expect(outcome.signal === 'SIGABRT' || outcome.code !== 0).toBe(true)
      else expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'corrupt-data' } })
      rmSync(location, { recursive: true })
    },
    30_000,
  )

  it('an undamaged one is read there, to prove the child works', async () => {
    const outcome = await runInChild(engine.folder.locate('whole'), 20_000)
    expect(outcome).toEqual({ kind: 'read', rows: 200 })
  }, 30_000)
})
