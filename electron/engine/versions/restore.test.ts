import { chmodSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VersionEntry } from '#shared/model/version.ts'
import { formatManifestName } from '../format/names.ts'
import { nativeWriterFor } from '../lance/index.ts'
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
} from './writing.fixture.ts'

let engine: WritingEngine
beforeAll(async () => {
  engine = await makeWritingEngine()
})
afterAll(() => engine.remove())

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Version 1: ids 0-9; 2: without 3; 3: 20-24 added. */
async function makeHistory(name: string): Promise<{ location: string; dataset: string }> {
  const table = await engine.folder.create(name, numbered(10))
  await table.delete('id = 3')
  await table.add(numbered(5, 20))
  return { location: engine.folder.locate(name), dataset: await engine.open(name) }
}

async function list(dataset: string, branch?: string): Promise<readonly VersionEntry[]> {
  const entries: VersionEntry[] = []
  for await (const entry of engine.handlers['versions.list']({ dataset, branch }, idle)) entries.push(entry)
  return entries
}

async function restore(dataset: string, version: number, branch?: string, signal = idle.signal) {
  return engine.handlers['versions.restore']({ dataset, version, branch }, { ...idle, signal })
}

describe('versions.restore', () => {
  it('makes a new version of the old rows and keeps everything in between', async () => {
    const { location, dataset } = await makeHistory('rows')
    const files = listTree(location).filter((entry) => !entry.includes('latest_version_hint'))
    expect(await restore(dataset, 1)).toEqual({ version: 4 })
    expect(await readIds(location)).toEqual(range(0, 10))
    expect((await list(dataset)).map(({ version, operation }) => [version, operation])).toEqual([
      [4, 'restore'],
      [3, 'append'],
      [2, 'delete'],
      [1, 'overwrite'],
    ])
    expect(await readIds(location, { version: 3 })).toHaveLength(14)
    expect(listTree(location)).toEqual(expect.arrayContaining(files))
  })

  it('is undone by restoring the version before it', async () => {
    const { location, dataset } = await makeHistory('undo')
    const before = await readIds(location)
    const { version } = await restore(dataset, 2)
    expect(await readIds(location)).toEqual(range(0, 10).filter((id) => id !== 3))
    expect(await restore(dataset, version - 1)).toEqual({ version: version + 1 })
    expect(await readIds(location)).toEqual(before)
  })

  it('restores on a branch and leaves main alone', async () => {
    const { location, dataset } = await makeHistory('branched')
    await engine.handlers['branches.create']({ dataset, name: 'exp', from: { version: 2 } }, idle)
    const branch = await openTable(location, 'exp')
    await branch.add(numbered(3, 50))
    expect(await restore(dataset, 2, 'exp')).toEqual({ version: 4 })
    expect(await readIds(location, { branch: 'exp' })).toEqual(range(0, 10).filter((id) => id !== 3))
    expect(await readIds(location)).toHaveLength(14)
  })

  it('works for any name of a dataset, and leaves nothing beside it', async () => {
    const { location } = await makeHistory('plain')
    const odd = join(engine.folder.path, 'Données #1 50%')
    renameSync(location, odd)
    const dataset = await engine.open(odd)
    const beside = readdirSync(engine.folder.path)
    expect(await restore(dataset, 1)).toEqual({ version: 4 })
    expect(readdirSync(engine.folder.path)).toEqual(beside)
  })

  it('starts from what is newest, whoever committed it', async () => {
    const { location, dataset } = await makeHistory('foreign')
    expect(await restore(dataset, 1)).toEqual({ version: 4 })
    const table = await openTable(location)
    await table.add(numbered(1, 99))
    expect(await restore(dataset, 1)).toEqual({ version: 6 })
  })

  it('finds the new dataset where another one was before', async () => {
    const first = await makeHistory('again')
    await restore(first.dataset, 1)
    rmSync(first.location, { recursive: true })
    const table = await engine.folder.create('again', numbered(7, 500))
    await table.delete('id = 500')
    expect(await restore(await engine.open('again'), 1)).toEqual({ version: 3 })
    expect(await readIds(first.location)).toEqual(range(500, 507))
  })

  it('takes turns with other writes to the same dataset', async () => {
    const { dataset } = await makeHistory('turns')
    const made = await Promise.all([1, 2, 1, 2].map((version) => restore(dataset, version)))
    expect(made.map(({ version }) => version)).toEqual([4, 5, 6, 7])
  })
})

describe('versions.restore refuses', () => {
  it('the newest version, versions that are gone or never were, and branches that are not there', async () => {
    const { location, dataset } = await makeHistory('refused')
    await expect(restore(dataset, 3)).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Version 3 is the newest already; there is nothing to restore.',
    })
    await expect(restore(dataset, 99)).rejects.toMatchObject({ code: 'version-not-found' })
    rmSync(join(location, '_versions', formatManifestName(1, 'v2')))
    await expect(restore(dataset, 1)).rejects.toMatchObject({ code: 'version-not-found' })
    await expect(restore(dataset, 1, 'nope')).rejects.toMatchObject({ code: 'ref-not-found' })
  })

  it('a version whose files are missing', async () => {
    const { location, dataset } = await makeHistory('missing')
    const table = await openTable(location)
    await table.delete('id >= 20')
    const [file] = await dataFilesOf(dataset, 1)
    rmSync(join(location, file!))
    const before = listTree(location)
    await expect(restore(dataset, 1)).rejects.toMatchObject({
      code: 'missing-file',
      message: `Version 1 cannot be restored: the file ${file} is missing.`,
    })
    expect(listTree(location)).toEqual(before)
  })

  it('a dataset whose newest manifest is damaged, and says why', async () => {
    const { location, dataset } = await makeHistory('damaged')
    truncateSync(join(location, '_versions', formatManifestName(3, 'v2')), 100)
    const before = listTree(location)
    await expect(restore(dataset, 1)).rejects.toMatchObject({
      code: 'corrupt-manifest',
      message: expect.stringMatching(/^Nothing can be written: the newest version, 3, cannot be read/),
      hint: expect.stringContaining('backup'),
    })
    expect(listTree(location)).toEqual(before)
  })

  it('a dataset it may not write, and leaves nothing behind', async () => {
    const { location, dataset } = await makeHistory('readonly')
    await restore(dataset, 1)
    setWritable(location, false)
    chmodSync(engine.folder.path, 0o755)
    const before = listTree(location)
    const failure = await withoutPrivileges(() => restore(dataset, 2).catch((error: unknown) => error))
    setWritable(location, true)
    expect(failure).toMatchObject({ code: 'read-only', hint: expect.stringContaining('write permission') })
    expect(listTree(location)).toEqual(before)
  })

  it.skipIf(process.getuid?.() === 0)(
    'a dataset half of which it may not write, before it writes the other half',
    async () => {
      const { location, dataset } = await makeHistory('half')
      chmodSync(join(location, '_versions'), 0o555)
      const before = listTree(location)
      await expect(restore(dataset, 1)).rejects.toMatchObject({ code: 'read-only' })
      expect(listTree(location)).toEqual(before)
      chmodSync(join(location, '_versions'), 0o755)
    },
  )

  it('what was cancelled before it began, and lets end what has begun', async () => {
    const { location, dataset } = await makeHistory('cancelled')
    const early = new AbortController()
    early.abort(new Error('cancelled'))
    await expect(restore(dataset, 1, undefined, early.signal)).rejects.toThrow('cancelled')
    expect(readdirSync(join(location, '_versions'))).toHaveLength(4)

    const late = new AbortController()
    const writer = nativeWriterFor(engine.context.paths.dataDir)
    const { restore: commit } = writer
    writer.restore = (...args) => {
      late.abort(new Error('cancelled'))
      return commit.apply(writer, args)
    }
    try {
      expect(await restore(dataset, 1, undefined, late.signal)).toEqual({ version: 4 })
    } finally {
      writer.restore = commit
    }
  })
})

async function dataFilesOf(handle: string, version: number): Promise<readonly string[]> {
  const manifest = await engine.context.datasets.get(handle).manifest({ branch: undefined, version })
  return manifest.fragments.flatMap(({ files }) => files.map(({ path }) => `data/${path}`))
}
