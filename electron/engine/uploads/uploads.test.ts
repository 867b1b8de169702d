import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EnginePaths } from '../context.ts'
import { removeUpload, resolveUpload } from './resolve.ts'
import { sweepUploads } from './sweep.ts'
import { createUploads, MAX_PART_BYTES, type Uploads } from './uploads.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

let paths: EnginePaths
let uploads: Uploads

beforeEach(() => {
  paths = { dataDir: mkdtempSync(join(tmpdir(), 'tiltyard-uploads-')), root: undefined }
  uploads = createUploads(paths)
})
afterEach(() => rmSync(paths.dataDir, { recursive: true, force: true }))

const folderOf = (id: string): string => join(paths.dataDir, 'uploads', id)

describe('uploads', () => {
  it('put the files where the import finds them, folders and empty files too', async () => {
    const { upload } = await uploads.begin([
      { path: 'docs/a.txt', bytes: 5 },
      { path: 'docs/deep/empty.md', bytes: 0 },
    ])
    expect(await uploads.write({ upload, file: 0, offset: 0, bytes: bytesOf('he') })).toEqual({ received: 2 })
    expect(await uploads.write({ upload, file: 0, offset: 2, bytes: bytesOf('llo') })).toEqual({ received: 5 })
    await expect(resolveUpload(paths, upload)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await uploads.finish(upload)).toEqual({ files: 2, bytes: 5 })
    const folder = await resolveUpload(paths, upload)
    expect(readFileSync(join(folder, 'docs/a.txt'), 'utf8')).toBe('hello')
    expect(readFileSync(join(folder, 'docs/deep/empty.md'), 'utf8')).toBe('')
  })

  it('take parts in order only, also those sent without waiting', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: 4 }])
    const at = (offset: number, text: string) => uploads.write({ upload, file: 0, offset, bytes: bytesOf(text) })
    expect(await Promise.all([at(0, 'ab'), at(2, 'cd')])).toEqual([{ received: 2 }, { received: 4 }])
    for (const part of [at(0, 'xx'), at(3, 'x'), at(4, 'x')]) {
      await expect(part).rejects.toMatchObject({ code: 'invalid-input' })
    }
    await uploads.finish(upload)
    await expect(at(4, '')).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('refuse to be finished before everything has come', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: 4 }])
    await expect(uploads.finish(upload)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('refuse wrong files, wrong ids, parts that are too large', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: MAX_PART_BYTES * 3 }])
    const bytes = bytesOf('x')
    await expect(uploads.write({ upload, file: 1, offset: 0, bytes })).rejects.toMatchObject({ code: 'invalid-input' })
    const large = new Uint8Array(MAX_PART_BYTES + 1)
    await expect(uploads.write({ upload, file: 0, offset: 0, bytes: large })).rejects.toMatchObject({
      code: 'too-large',
    })
    for (const id of [NOBODY, '../x', '..', '', `${upload}/..`]) {
      await expect(uploads.write({ upload: id, file: 0, offset: 0, bytes })).rejects.toMatchObject({
        code: 'upload-not-found',
      })
      await expect(uploads.discard(id)).rejects.toMatchObject({ code: 'upload-not-found' })
      await expect(resolveUpload(paths, id)).rejects.toMatchObject({ code: 'upload-not-found' })
    }
  })

  it('never follow a link out of their folder', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: 1 }])
    const victim = join(paths.dataDir, 'victim')
    writeFileSync(victim, '')
    symlinkSync(victim, join(folderOf(upload), 'files', 'a'))
    await expect(uploads.write({ upload, file: 0, offset: 0, bytes: bytesOf('x') })).rejects.toThrow()
    expect(readFileSync(victim, 'utf8')).toBe('')
  })

  it('are refused where the disk has no room', async () => {
    const full = createUploads(paths, () => Promise.resolve(300 * 1024 * 1024))
    await expect(full.begin([{ path: 'a', bytes: 100 * 1024 * 1024 }])).rejects.toMatchObject({ code: 'disk-full' })
    await expect(full.begin([{ path: 'a', bytes: 1 }])).resolves.toBeDefined()
  })

  it('go on in another engine', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: 4 }])
    await uploads.write({ upload, file: 0, offset: 0, bytes: bytesOf('ab') })
    const next = createUploads(paths)
    expect(await next.write({ upload, file: 0, offset: 2, bytes: bytesOf('cd') })).toEqual({ received: 4 })
    await next.finish(upload)
  })

  it('can be discarded, at any time once', async () => {
    const { upload } = await uploads.begin([{ path: 'a', bytes: 2 }])
    await uploads.write({ upload, file: 0, offset: 0, bytes: bytesOf('ab') })
    expect(await uploads.discard(upload)).toBeNull()
    expect(existsSync(folderOf(upload))).toBe(false)
    await expect(uploads.discard(upload)).rejects.toMatchObject({ code: 'upload-not-found' })
    await expect(removeUpload(paths, upload)).resolves.toBeUndefined()
  })

  it('are swept when interrupted for a day, or finished for a month', async () => {
    const begin = async (): Promise<string> => (await uploads.begin([{ path: 'a', bytes: 0 }])).upload
    const [fresh, interrupted, finished, forgotten] = [await begin(), await begin(), await begin(), await begin()]
    await uploads.finish(finished)
    await uploads.finish(forgotten)
    const age = (id: string, days: number): void => {
      const then = Date.now() / 1000 - days * 24 * 3600
      for (const name of ['', 'upload.json', 'files']) utimesSync(join(folderOf(id), name), then, then)
    }
    age(interrupted, 2)
    age(finished, 2)
    age(forgotten, 31)
    expect(await sweepUploads(paths)).toBe(2)
    expect(readdirSync(join(paths.dataDir, 'uploads')).toSorted()).toEqual([fresh, finished].toSorted())
    expect(await sweepUploads({ dataDir: join(paths.dataDir, 'nowhere'), root: undefined })).toBe(0)
  })
})
