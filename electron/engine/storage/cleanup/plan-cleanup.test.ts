import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { connect, type Table } from '@lancedb/lancedb'
import { arrow, lancedb } from '../../lance/tables.fixture.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatasetFolder, makeRows, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { openStorage, walkSizes } from '../storage.fixture.ts'

/* Cases random histories do not come to, each against what LanceDB does. */

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

const FUTURE = '2100-01-01T00:00:00Z'

/** A table whose first version is old: written over, so that nothing of it is needed any more. */
async function makeOld(name: string, prepare: (table: Table) => Promise<unknown> = () => Promise.resolve()) {
  const table = await folder.create(name, makeRows(0, 20))
  await table.add(makeRows(20, 25))
  await prepare(table)
  await table.add(makeRows(0, 10), { mode: 'overwrite' })
  await sleep(15)
  return { table, location: folder.location(name) }
}

/** Compares the preview with what LanceDB then does, and returns it. */
async function compare(location: string, table: Table, deleteUnverified = true) {
  const preview = await (await openStorage(location)).cleanup({ olderThan: FUTURE, deleteUnverified })
  const before = walkSizes(location)
  const { prune } = await table.optimize({ cleanupOlderThan: new Date(FUTURE), deleteUnverified })
  const after = walkSizes(location)
  const vanished = [...before].filter(([path]) => !after.has(path))
  expect(preview.filesRemoved).toBe(vanished.length)
  expect(preview.bytesFreed).toBe(vanished.reduce((sum, [, bytes]) => sum + bytes, 0))
  expect(preview.versionsRemoved.length).toBe(prune.oldVersionsRemoved)
  return preview
}

describe('a cleanup preview', () => {
  it('says what is freed by kind, and what stays', async () => {
    const { table, location } = await makeOld('kinds', async (table) => {
      await table.delete('id = 3')
      await table.createIndex('id')
    })
    const preview = await compare(location, table)
    expect(preview).toMatchObject({ versionsRemoved: [1, 2, 3, 4], versionsKept: 1, keptBy: [] })
    expect(preview.blockedBy).toBeUndefined()
    expect(new Map(preview.byKind.map(({ kind, files }) => [kind, files]))).toEqual(
      new Map([
        ['manifest', 4],
        ['transaction', 4],
        ['data', 2],
        ['deletion', 1],
        ['index', 2],
      ]),
    )
    expect(preview.byKind.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(preview.bytesFreed)
  })

  it('names the tags that block it, and what goes without their versions', async () => {
    const { table, location } = await makeOld('tagged', async (table) => {
      await (await table.tags()).create('keep', 1)
    })
    const preview = await (await openStorage(location)).cleanup({ olderThan: FUTURE })
    expect(preview.blockedBy).toEqual([{ kind: 'tag', name: 'keep', version: 1 }])
    expect(preview.keptBy).toEqual([{ kind: 'tag', name: 'keep', version: 1 }])
    expect(preview.versionsRemoved).toEqual([2])
    const before = walkSizes(location)
    await expect(table.optimize({ cleanupOlderThan: new Date(FUTURE) })).rejects.toThrow(/tagged version/)
    expect(walkSizes(location)).toEqual(before)
  })

  it('takes the offset of a time into account, and main for no branch', async () => {
    const { location } = await makeOld('offset')
    const storage = await openStorage(location)
    const inAnHour = new Date(Date.now() + 60 * 60 * 1000).toISOString().slice(0, 19)
    expect(await storage.cleanup({ olderThan: `${inAnHour}Z`, branch: 'main' })).toMatchObject({ versionsKept: 1 })
    expect(await storage.cleanup({ olderThan: `${inAnHour}+02:00` })).toMatchObject({ versionsKept: 3, bytesFreed: 0 })
    await expect(storage.cleanup({ olderThan: FUTURE, branch: 'none' })).rejects.toMatchObject({
      code: 'ref-not-found',
    })
  })

  it('keeps what a branch needs, and says so', async () => {
    const { table, location } = await makeOld('branched', async (table) => {
      await (await table.branches()).create('dev', undefined, 1)
    })
    const preview = await compare(location, table)
    expect(preview.keptBy).toEqual([{ kind: 'branch', name: 'dev', version: 1 }])
    expect(preview.versionsRemoved).toEqual([2])
    const dev = await (await table.branches()).checkout('dev')
    expect(await dev.countRows()).toBe(20)
    expect((await dev.query().toArray()).length).toBe(20)
  })

  it.each([
    [
      'the version it was made from is gone',
      (location: string) => rmSync(join(location, '_versions/18446744073709551614.manifest')),
    ],
    [
      'an old writer did not note where it comes from',
      (location: string) => {
        const path = join(location, '_refs/branches/dev.json')
        const { identifier: _, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
        writeFileSync(path, JSON.stringify(rest))
      },
    ],
  ])('does not keep what a branch needs when LanceDB does not see it: %s', async (what, harm) => {
    const { table, location } = await makeOld(what.replaceAll(' ', '_'), async (table) => {
      await (await table.branches()).create('dev', undefined, 1)
    })
    harm(location)
    expect(await compare(location, table)).toMatchObject({ keptBy: [], versionsKept: 1 })
    const dev = await (await table.branches()).checkout('dev')
    await expect(dev.query().toArray()).rejects.toThrow(/Not found/)
  })

  it('does not keep what a branch made by way of a link needs', async () => {
    const { table, location } = await makeOld('linked', async () => {
      const linked = join(folder.path, 'way')
      mkdirSync(linked)
      symlinkSync(folder.location('linked'), join(linked, 'linked.lance'))
      const connection = await connect(linked)
      await (await (await connection.openTable('linked')).branches()).create('dev')
    })
    expect(await compare(location, table)).toMatchObject({ keptBy: [], versionsKept: 1 })
  })

  it('takes blobs with the data they belong to', async () => {
    const schema = new arrow.Schema([new arrow.Field('id', new arrow.Int64(), true), lancedb.blob('v')])
    const rows = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ id: BigInt(id), v: Buffer.alloc(300_000, id) }))
    const connection = await connect(folder.path)
    const table = await connection.createTable('blobs', rows(3), { schema })
    await table.add(rows(2))
    const location = folder.location('blobs')
    const storage = await openStorage(location)
    const blobs = (await storage.usage()).classes.find((it) => it.class === 'blob-sidecars')
    expect(blobs).toEqual({ class: 'blob-sidecars', bytes: 1_500_000, files: 2 })
    expect((await storage.compaction()).bytesReadAtMost).toBeGreaterThan(1_500_000)
    await table.add(rows(1), { mode: 'overwrite' })
    await sleep(15)
    const preview = await compare(location, table)
    expect(preview.byKind[0]).toEqual({ kind: 'blob', bytes: 1_500_000, files: 2 })
  })

  it('sweeps the signatures of computed columns as LanceDB does, which counts them not', async () => {
    const table = await folder.create(
      'computed',
      makeRows(0, 10).map(({ id, text }) => ({ id, text })),
    )
    await table.addColumns({ computed: [{ name: 'twice', valueSql: 'id * 2' }] })
    await table.refreshColumn('twice')
    await table.add([{ id: 100, text: 'more' }])
    await table.refreshColumn('twice')
    await table.optimize({ cleanupOlderThan: new Date(0) })
    await sleep(15)
    const location = folder.location('computed')
    const signatures = readdirSync(join(location, '_computed'))
    expect(signatures.length).toBe(2)
    const isLive = async (): Promise<readonly string[]> =>
      (await (await openStorage(location)).files())
        .filter(({ kind, class: why }) => kind === 'computed-signature' && why === 'live-metadata')
        .map(({ path }) => path)
    expect((await isLive()).length).toBe(1)
    // Younger than a week, they stay although no version is left that names them.
    expect((await compare(location, table, false)).byKind.some(({ kind }) => kind === 'computed-signature')).toBe(false)
    const old = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000)
    for (const name of signatures) utimesSync(join(location, '_computed', name), old, old)
    const preview = await compare(location, table, false)
    expect(preview.byKind).toMatchObject([{ kind: 'computed-signature', files: 1 }])
    expect(readdirSync(join(location, '_computed')).map((name) => `_computed/${name}`)).toEqual(await isLive())
  })

  it.skipIf(process.platform === 'win32')('fails as LanceDB does at names that are no text', async () => {
    const { table, location } = await makeOld('odd_names')
    writeFileSync(join(location, 'top\nlevel.txt'), 'not looked at')
    expect(await (await openStorage(location)).cleanup({ olderThan: FUTURE })).toMatchObject({ versionsKept: 1 })
    writeFileSync(join(location, 'data', 'two\nlines.lance'), 'x')
    await expect((await openStorage(location)).cleanup({ olderThan: FUTURE })).rejects.toMatchObject({
      message: expect.stringMatching(/^LanceDB would stop half-way .*"data\/two\\nlines.lance"/),
    })
    await expect(table.optimize({ cleanupOlderThan: new Date(FUTURE) })).rejects.toThrow(/illegal character/)
  })

  it.each([
    ['a tag', '_refs/tags/bad.json'],
    ['a branch', '_refs/branches/bad.json'],
    ['a manifest', '_versions/18446744073709551613.manifest'],
  ])('fails as LanceDB does when %s is damaged', async (what, path) => {
    const { table, location } = await makeOld(`bad_${what.slice(2)}`)
    mkdirSync(join(location, path, '..'), { recursive: true })
    writeFileSync(join(location, path), '{')
    await expect((await openStorage(location)).cleanup({ olderThan: FUTURE })).rejects.toMatchObject({
      code: 'corrupt-manifest',
      message: expect.stringMatching(/^LanceDB would not clean up/),
    })
    const before = walkSizes(location)
    await expect(table.optimize({ cleanupOlderThan: new Date(FUTURE) })).rejects.toThrow()
    expect([...before.keys()].filter((it) => !walkSizes(location).has(it))).toEqual([])
  })
})
