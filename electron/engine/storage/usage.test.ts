import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Index } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STORAGE_CLASSES, type StorageClass, type StorageFile } from '#shared/model/storage.ts'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { fragment } from '../format/encode.fixture.ts'
import { writeFileIn, writeManifest } from './hand-made.fixture.ts'
import { openStorage, walkSizes } from './storage.fixture.ts'

let folder: DatasetFolder
let scratch: string
beforeAll(async () => {
  folder = await createDatasetFolder()
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tiltyard-usage-')))
})
afterAll(async () => {
  await folder.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

/** Usage and files, after checking that they agree with each other and with the disk, to the byte. */
async function account(location: string) {
  const storage = await openStorage(location)
  const [usage, files] = [await storage.usage(), await storage.files()]
  const sizes = walkSizes(location)
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  expect([usage.totalBytes, usage.totalFiles]).toEqual([total, sizes.size])
  expect(usage.classes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total)
  expect(usage.classes.reduce((sum, it) => sum + it.files, 0)).toBe(sizes.size)
  expect(new Map(files.map(({ path, bytes }) => [path, bytes]))).toEqual(new Map([...sizes].toSorted()))
  const order = usage.classes.map((it) => STORAGE_CLASSES.indexOf(it.class))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  for (const it of usage.classes) {
    const own = files.filter((file) => file.class === it.class && file.keeper === it.keeper)
    expect(own.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(it.bytes)
  }
  return { usage, files }
}

const classOf = (files: readonly StorageFile[], path: string): StorageClass | undefined =>
  files.find((file) => file.path === path)?.class

describe('storage.usage', () => {
  it.each([
    ['default', undefined],
    ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }],
    ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }],
    ['legacy_files', { new_table_data_storage_version: 'legacy' }],
  ])('adds up to the directory, to the byte (%s)', async (name, options) => {
    const table = await createRichHistory(folder, name, options)
    const { usage, files } = await account(folder.location(name))
    expect(usage).toMatchObject({ version: 14, unreadable: [], elsewhereBytes: 0 })
    const live = files.filter((file) => file.class === 'live-data').reduce((sum, { bytes }) => sum + bytes, 0)
    const indices = files.filter((file) => file.class === 'live-indices').reduce((sum, { bytes }) => sum + bytes, 0)
    expect(live + indices).toBe((await table.stats()).totalBytes)
    expect(usage.read.requests).toBeGreaterThan(14)
  })

  it('says of each file who wrote it and who needs it', async () => {
    await createRichHistory(folder, 'users')
    const { files } = await account(folder.location('users'))
    expect(files.find(({ path }) => path === '_refs/tags/v1tag.json')).toMatchObject({
      kind: 'tag',
      class: 'live-metadata',
      usedBy: { versions: [], tags: ['v1tag'], branches: [] },
    })
    const created = files.filter((file) => file.writtenBy?.version === 1 && file.kind === 'data')
    expect(created).toMatchObject([
      {
        class: 'branch',
        keeper: 'exp/one',
        writtenBy: { version: 1, operation: 'overwrite' },
        usedBy: {
          versions: [
            { from: 1, to: 11 },
            { branch: 'exp/one', from: 7, to: 7 },
          ],
          tags: ['v1tag'],
          branches: ['exp/one'],
        },
      },
    ])
    // The version a branch was made from is kept for it.
    expect(files.find(({ path }) => path === '_versions/18446744073709551608.manifest')).toMatchObject({
      class: 'branch',
      keeper: 'exp/one',
      usedBy: { versions: [{ from: 7, to: 7 }], branches: ['exp/one'] },
    })
    const restored = await folder.create('restored', makeRows(0, 10))
    await restored.add(makeRows(10, 20), { mode: 'overwrite' })
    await restored.checkout(1)
    await restored.restore()
    const data = (await account(folder.location('restored'))).files.filter(({ kind }) => kind === 'data')
    expect(data.map(({ usedBy }) => usedBy.versions).toSorted((a, b) => a[0]!.from - b[0]!.from)).toEqual([
      [
        { from: 1, to: 1 },
        { from: 3, to: 3 },
      ],
      [{ from: 2, to: 2 }],
    ])
  })

  it('puts strange files into their class', async () => {
    const table = await folder.create('strange', makeRows(0, 10))
    await table.createIndex('id', { config: Index.btree(), name: 'i' })
    await table.createIndex('id', { config: Index.btree(), name: 'i', replace: true })
    const location = folder.location('strange')
    const strange: Record<string, StorageClass> = {
      'readme.txt': 'unknown',
      'data/naïve 😀 #?%.txt': 'unknown',
      'data/lost.lance': 'abandoned',
      'data/lost/10000000000000000000000000000000.blob': 'abandoned',
      'data/lost.lance#3': 'abandoned',
      '_deletions/0-1-2.arrow': 'abandoned',
      '_transactions/9-lost.txn': 'abandoned',
      '_versions/.tmp_x': 'abandoned',
      '_versions/d9223372036854775809.manifest': 'abandoned',
      '_versions/notes.txt': 'unknown',
      '_indices/77777777-7777-7777-7777-777777777777/page_data.lance': 'abandoned',
      '_mem_wal/shard/wal/0.arrow': 'wal',
      '_mem_wal/shard/x_gen_1/data/a.lance': 'wal',
      '_computed/0a.sig': 'abandoned',
      'tree/gone/_versions/1.manifest': 'abandoned',
      'tree/gone/data/a.lance': 'abandoned',
      'tree/readme': 'unknown',
      '_refs/other/a.json': 'unknown',
      '.lance-reserved': 'live-metadata',
    }
    for (const path of Object.keys(strange)) writeFileIn(location, path, path)
    const { files, usage } = await account(location)
    expect(Object.fromEntries(Object.keys(strange).map((path) => [path, classOf(files, path)]))).toEqual(strange)
    expect(usage.classes.some((it) => it.class === 'superseded-index' && it.files === 2)).toBe(true)
    expect(usage.unreadable).toEqual([])
  })

  it('keeps blobs with the data they belong to', async () => {
    const location = join(scratch, 'blobs.lance')
    writeManifest(location, { version: 1, fragments: [fragment(0, 5)] })
    writeManifest(location, { version: 2, fragments: [fragment(1, 5)] })
    for (const id of [0, 1])
      writeFileIn(location, `data/file-${id}/10000000000000000000000000000000.blob`, 'x'.repeat(9))
    const { files } = await account(location)
    expect(
      files.filter(({ kind }) => kind === 'blob').map((file) => [file.class, file.usedBy.versions[0]?.from]),
    ).toEqual([
      ['old-versions', 1],
      ['blob-sidecars', 2],
    ])
  })

  it('knows nested branches, branches named like folders, and tags on branches', async () => {
    const table = await folder.create('nested', makeRows(0, 20))
    const branches = await table.branches()
    await branches.create('a')
    await branches.create('a/data', 'a')
    const inner = await branches.checkout('a/data')
    await inner.add(makeRows(20, 30))
    await (await inner.tags()).create('deep', 2)
    const location = folder.location('nested')
    const { files, usage } = await account(location)
    const own = files.filter(({ path }) => path.startsWith('tree/a/data/'))
    expect(own.length).toBeGreaterThan(4)
    expect(new Set(own.map(({ keeper }) => keeper))).toEqual(new Set(['a/data']))
    expect(own.find(({ kind }) => kind === 'data')?.usedBy).toEqual({
      versions: [{ branch: 'a/data', from: 2, to: 2 }],
      tags: ['deep'],
      branches: ['a/data'],
    })
    expect(usage.classes.some((it) => it.class === 'abandoned')).toBe(false)
  })

  it('leaves the files of a clone where they lie', async () => {
    const source = await folder.create('origin', makeRows(0, 500))
    await source.createIndex('id')
    await folder.clone('cloned', 'origin')
    const { usage } = await account(folder.location('cloned'))
    expect(usage.elsewhereBytes).toBe((await source.stats()).totalBytes)
    expect(usage.classes.map((it) => it.class)).toEqual(['live-metadata'])
  })

  it('follows no link, and counts it as what it is', async () => {
    await folder.create('links', makeRows(0, 10))
    const location = folder.location('links')
    mkdirSync(join(scratch, 'outside'))
    writeFileSync(join(scratch, 'outside', 'large'), 'x'.repeat(10_000))
    symlinkSync(join(scratch, 'outside'), join(location, 'linked'))
    symlinkSync(location, join(location, 'circle'))
    symlinkSync('nowhere', join(location, 'data', 'broken.lance'))
    const { files, usage } = await account(location)
    expect(classOf(files, 'linked')).toBe('unknown')
    expect(usage.totalBytes).toBeLessThan(10_000)
  })

  it('accounts for everything else when manifests are damaged', async () => {
    const table = await folder.create('damaged', makeRows(0, 10))
    await table.add(makeRows(10, 20))
    await table.add(makeRows(20, 30), { mode: 'overwrite' })
    const location = folder.location('damaged')
    const paths = [2, 3].map((version) => `_versions/${2n ** 64n - 1n - BigInt(version)}.manifest`)
    const storage = await openStorage(location)
    for (const path of paths) writeFileSync(join(location, path), 'damaged')
    const usage = await storage.usage()
    expect(usage.version).toBe(1)
    expect(usage.unreadable.map(({ path, error }) => [path, error.code])).toEqual(
      paths.map((path) => [path, 'corrupt-manifest']),
    )
    const files = await storage.files()
    expect(paths.map((path) => classOf(files, path))).toEqual(['live-metadata', 'live-metadata'])
    expect(files.filter((file) => file.class === 'abandoned').map(({ kind }) => kind)).toEqual([
      'transaction',
      'transaction',
      'data',
      'data',
    ])
    await expect(storage.cleanup({ olderThan: '2100-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'corrupt-manifest',
    })
  })

  it('reads an empty table and a single manifest', async () => {
    const location = join(scratch, 'single.lance')
    writeManifest(location, { version: 7, scheme: 'v1' })
    const { usage } = await account(location)
    expect(usage).toMatchObject({ version: 7, totalFiles: 1, classes: [{ class: 'live-metadata', files: 1 }] })
    const storage = await openStorage(location)
    expect(await storage.versions()).toMatchObject([{ version: 7, exclusiveFiles: 1, tags: [] }])
    expect(await storage.compaction()).toMatchObject({ tasks: [], blocked: [], fragmentsRemoved: 0 })
    expect(await storage.cleanup({ olderThan: '2100-01-01T00:00:00Z' })).toMatchObject({
      bytesFreed: 0,
      versionsRemoved: [],
      versionsKept: 1,
    })
  })

  it.skipIf(process.getuid?.() === 0)('names folders it may not list, and fails on the root', async () => {
    await folder.create('closed', makeRows(0, 10))
    const location = folder.location('closed')
    const storage = await openStorage(location)
    chmodSync(join(location, 'data'), 0)
    const usage = await storage.usage()
    expect(usage.unreadable).toMatchObject([{ path: 'data', error: { code: 'permission-denied' } }])
    const closed = await openStorage(location)
    await expect(closed.cleanup({ olderThan: new Date().toISOString() })).rejects.toMatchObject({
      code: 'permission-denied',
      message: 'LanceDB would not clean up: the folder data cannot be listed.',
    })
    expect(await closed.findings()).toContainEqual(
      expect.objectContaining({ kind: 'unreadable-manifests', action: null, paths: ['data'] }),
    )
    chmodSync(join(location, 'data'), 0o755)
  })

  it('stops when it is cancelled', async () => {
    await createRichHistory(folder, 'cancelled')
    const storage = await openStorage(folder.location('cancelled'))
    const controller = new AbortController()
    const running = storage.usage(controller.signal)
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
  })
})

it('names files that are no UTF-8 and counts them', async () => {
  const location = join(scratch, 'bytes.lance')
  writeManifest(location, { version: 1 })
  const fs = createRequire(import.meta.url)('node:fs') as typeof import('node:fs')
  try {
    fs.writeFileSync(Buffer.concat([Buffer.from(`${location}/_versions/`), Buffer.from([0xff, 0xfe, 0x78])]), 'abc')
  } catch {
    // File systems that know only text do not let such a name come to be.
    return
  }
  const { totalFiles, classes } = await (await openStorage(location)).usage()
  expect(totalFiles).toBe(2)
  expect(classes.find((it) => it.class === 'unknown')).toMatchObject({ bytes: 3, files: 1 })
})
