import { existsSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { documents, outcome, rowsOf, run } from './imports.fixture.ts'
import { blobsOf } from './values.fixture.ts'

/* What a browser sent, as the source of an import. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const isBuilt = existsSync(ENGINE_FILE)
let world: World
beforeAll(async () => {
  if (isBuilt) world = await makeWorld()
})
afterAll(() => world?.close())

let names = 0
const place = (): string => join(world.folder, `upload${names++}.lance`)
/** Parts small enough that every file has several. */
const PART_BYTES = 700

type Files = Readonly<Record<string, string | Uint8Array>>

async function begin(files: Files): Promise<string> {
  const entries = Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content).length }))
  const { upload } = await world.client().call('uploads.begin', { files: entries })
  return upload
}

async function send(upload: string, files: Files): Promise<void> {
  for (const [file, content] of Object.values(files).entries()) {
    const bytes = Buffer.from(content)
    for (let offset = 0; offset < bytes.length; offset += PART_BYTES) {
      const part = new Uint8Array(bytes.subarray(offset, offset + PART_BYTES))
      await world.client().call('uploads.write', { upload, file, offset, bytes: part })
    }
  }
}

async function uploaded(files: Files): Promise<string> {
  const upload = await begin(files)
  await send(upload, files)
  await world.client().call('uploads.finish', { upload })
  return upload
}

function specOf(uploads: readonly string[], target: ImportSpec['target'], more: Partial<ImportSpec> = {}): ImportSpec {
  return { ...documents([], target, more), sources: { uploads, ...more.sources } }
}

const text = (word: string): string => `# ${word}\n\n${`Something about ${word}. `.repeat(200)}\n`
const FILES: Files = {
  'notes/a.md': text('a'),
  'notes/deep/ü ö.md': text('umlauts'),
  'top.md': text('top'),
  'notes/empty.md': '',
}

describe.skipIf(!isBuilt)('uploads', () => {
  it('are imported with their names and folders, every byte kept', async () => {
    const upload = await uploaded(FILES)
    const { items } = await world.client().call('import.inspect', { uploads: [upload] })
    expect(items.map(({ name }) => name).toSorted()).toEqual(Object.keys(FILES).toSorted())
    const location = place()
    const result = await run(world, specOf([upload], { kind: 'new', location }))
    expect(result.filesFailed).toEqual([{ name: 'notes/empty.md', reason: 'The file is empty.' }])
    const rows = await rowsOf(location, ['source_path', 'chunk', 'content'])
    const paths = new Set(rows.map(({ source_path: path }) => path))
    expect([...paths].toSorted()).toEqual(['notes/a.md', 'notes/deep/ü ö.md', 'top.md'])
    const blobs = new Set((await blobsOf(location, 'raw_data')).filter((blob) => blob !== null))
    const sent = Object.values(FILES).filter((content) => content.length > 0)
    expect(blobs).toEqual(new Set(sent.map((content) => Buffer.from(content).toString('hex'))))
  })

  it('of the same names as before update what changed, and leave out what is excluded', async () => {
    const location = place()
    await run(world, specOf([await uploaded({ 'n/a.md': text('a'), 'n/b.md': text('b') })], { kind: 'new', location }))
    const next = await uploaded({
      'n/a.md': text('a'),
      'n/b.md': text('changed'),
      'n/c.md': text('c'),
      'n/d.md': text('d'),
    })
    const target = { kind: 'existing', location, mode: 'update', gone: 'delete' } as const
    const spec = specOf([next], target, { sources: { uploads: [next], exclude: ['n/d.md'] } })
    const { update } = await world.client().call('import.preview', { spec })
    expect(update).toEqual({ unchanged: 1, new: ['n/c.md'], changed: ['n/b.md'], gone: [] })
    await run(world, spec)
    const rows = await rowsOf(location, ['source_path'])
    expect(new Set(rows.map(({ source_path: path }) => path))).toEqual(new Set(['n/a.md', 'n/b.md', 'n/c.md']))
  })

  it('two at once and of one name are told apart', async () => {
    const [one, other] = [await uploaded({ 'a.md': text('one') }), await uploaded({ 'a.md': text('other') })]
    const location = place()
    expect(await run(world, specOf([one, other], { kind: 'new', location }))).toMatchObject({ filesDone: 2 })
    const rows = await rowsOf(location, ['source_path', 'uuid'])
    expect(new Set(rows.map(({ source_path: path }) => path)).size).toBe(2)
    expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(rows.length)
  })

  it('that have not come in full, were discarded or never were are refused', async () => {
    const half = await begin(FILES)
    await world.client().call('uploads.write', { upload: half, file: 0, offset: 0, bytes: new Uint8Array(10) })
    const discarded = await uploaded({ 'a.md': text('a') })
    await world.client().call('uploads.discard', { upload: discarded })
    for (const [upload, code] of [
      [half, 'invalid-input'],
      [discarded, 'upload-not-found'],
      ['00000000-0000-4000-8000-000000000000', 'upload-not-found'],
      ['../../etc', 'upload-not-found'],
    ] as const) {
      const location = place()
      const spec = specOf([upload], { kind: 'new', location })
      expect(await outcome(world.client().call('import.inspect', { uploads: [upload] }))).toBe(code)
      expect(await outcome(world.client().call('import.preview', { spec }))).toBe(code)
      expect(await outcome(run(world, spec))).toBe(code)
      expect(existsSync(location)).toBe(false)
    }
  })

  it('whose files went or were cut since tell it file by file', async () => {
    const upload = await uploaded({ 'a.md': text('a'), 'b.md': text('b'), 'c.md': text('c') })
    const files = join(world.folder, 'app-data', 'uploads', upload, 'files')
    rmSync(join(files, 'b.md'))
    truncateSync(join(files, 'c.md'), 0)
    const location = place()
    const result = await run(world, specOf([upload], { kind: 'new', location }))
    expect(result.filesFailed.map(({ name }) => name)).toContain('c.md')
    const rows = await rowsOf(location, ['source_path'])
    expect(new Set(rows.map(({ source_path: path }) => path))).toEqual(new Set(['a.md']))
  })
})
