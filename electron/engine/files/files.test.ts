import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DirectoryEntry } from '#shared/contract/files.ts'
import type { EngineContext } from '../context.ts'
import { createFilesHandlers } from './index.ts'

let folder: string
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tiltyard-files-')))
  for (const path of [
    'root/Alpha',
    'root/beta 2',
    'root/beta 10',
    'root/.hidden',
    'root/ds/_versions',
    'root/t.lance',
  ]) {
    await mkdir(join(folder, path), { recursive: true })
  }
  await mkdir(join(folder, 'outside', 'secret'), { recursive: true })
  await writeFile(join(folder, 'root', 'a file'), '')
  await symlink(join(folder, 'outside'), join(folder, 'root', 'way out'))
  await symlink(join(folder, 'nowhere'), join(folder, 'root', 'dead'))
  await symlink(join(folder, 'root', 'ds'), join(folder, 'root', 'linked'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal }
const handlersOf = (root?: string): ReturnType<typeof createFilesHandlers> =>
  createFilesHandlers({ paths: { dataDir: '', root } } as unknown as EngineContext)
const briefly = (entries: readonly DirectoryEntry[]): readonly string[] => entries.map((it) => `${it.kind} ${it.name}`)

describe('files.list', () => {
  it('shows folders and datasets first, in reading order, then files', async () => {
    const listing = await handlersOf()['files.list']({ directory: join(folder, 'root') }, context)
    expect(listing).toMatchObject({ path: join(folder, 'root'), parent: folder, truncated: false })
    expect(briefly(listing.entries)).toEqual([
      'directory Alpha',
      'directory beta 2',
      'directory beta 10',
      'dataset ds',
      'dataset linked',
      'dataset t.lance',
      'directory way out',
      'file a file',
    ])
    expect(listing.entries[0]?.path).toBe(join(folder, 'root', 'Alpha'))
  })

  it('shows hidden folders when asked', async () => {
    const listing = await handlersOf()['files.list']({ directory: join(folder, 'root'), hidden: true }, context)
    expect(briefly(listing.entries)).toContain('directory .hidden')
  })

  it('resolves links and the home folder', async () => {
    const viaLink = await handlersOf()['files.list']({ directory: join(folder, 'root', 'way out') }, context)
    expect(viaLink.path).toBe(join(folder, 'outside'))
    expect((await handlersOf()['files.list']({ directory: '~' }, context)).path).toBe(await realpath(homedir()))
    expect((await handlersOf()['files.list']({ directory: '/' }, context)).parent).toBeNull()
  })

  it('tells what cannot be listed', async () => {
    const list = (directory: string) => handlersOf()['files.list']({ directory }, context)
    await expect(list(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(list(join(folder, 'root', 'a file'))).rejects.toMatchObject({ code: 'not-a-directory' })
  })

  it('stays inside the root and shows no way out', async () => {
    const root = join(folder, 'root')
    const handlers = handlersOf(root)
    const listing = await handlers['files.list']({ directory: root }, context)
    expect(listing.parent).toBeNull()
    expect(briefly(listing.entries)).not.toContain('directory way out')
    expect(briefly(listing.entries)).toContain('dataset linked')
    for (const directory of [folder, '/', join(root, '..', 'outside'), join(root, 'way out'), join(folder, 'none')]) {
      await expect(handlers['files.list']({ directory }, context)).rejects.toMatchObject({ code: 'outside-root' })
    }
    expect(await handlers['files.roots']({}, context)).toEqual([{ name: 'root', path: root }])
  })

  it('stops at two thousand entries, folders before files', async () => {
    const many = join(folder, 'many')
    await mkdir(join(many, 'zz folder'), { recursive: true })
    await Promise.all(Array.from({ length: 2005 }, (_, index) => writeFile(join(many, `f${index}`), '')))
    const listing = await handlersOf()['files.list']({ directory: many }, context)
    expect(listing.truncated).toBe(true)
    expect(listing.entries).toHaveLength(2000)
    expect(listing.entries[0]?.name).toBe('zz folder')
  })
})

describe('files.complete', () => {
  const complete = (text: string, root?: string) => handlersOf(root)['files.complete']({ text }, context)

  it('continues the last part of a path, whatever its case', async () => {
    expect(briefly(await complete(join(folder, 'root', 'B')))).toEqual(['directory beta 2', 'directory beta 10'])
    expect((await complete(join(folder, 'root', 'alp')))[0]?.path).toBe(join(folder, 'root', 'Alpha'))
  })

  it('lists a folder whose path ends with a slash, without files and hidden folders', async () => {
    expect(briefly(await complete(`${join(folder, 'root')}/`))).toEqual([
      'directory Alpha',
      'directory beta 2',
      'directory beta 10',
      'dataset ds',
      'dataset linked',
      'dataset t.lance',
      'directory way out',
    ])
    expect(briefly(await complete(join(folder, 'root', '.h')))).toEqual(['directory .hidden'])
  })

  it('names files too where they are wanted', async () => {
    const files = await handlersOf()['files.complete']({ text: join(folder, 'root', 'a f'), files: true }, context)
    expect(briefly(files)).toEqual(['file a file'])
    expect(await complete(join(folder, 'root', 'a f'))).toEqual([])
  })

  it('takes half a path as no mistake', async () => {
    for (const text of [join(folder, 'nowhere', 'x'), join(folder, 'root', 'a file', 'x'), 'a\0b', '~nobody/x']) {
      expect(await complete(text)).toEqual([])
    }
    expect(await complete('~')).toEqual(await complete(''))
  })

  it('stays inside the root and leads to it', async () => {
    const root = join(folder, 'root')
    expect(await complete(`${folder}/outside/`, root)).toEqual([])
    expect(await complete(`${root}/way out/`, root)).toEqual([])
    expect(await complete(`${folder}/ro`, root)).toEqual([{ name: 'root', path: root, kind: 'directory' }])
    expect(briefly(await complete('', root))).toContain('directory Alpha')
  })
})

it('files.roots names existing places once', async () => {
  const roots = await handlersOf()['files.roots']({}, context)
  expect(roots[0]).toEqual({ name: 'Home', path: homedir() })
  expect(new Set(roots.map((it) => it.path)).size).toBe(roots.length)
})
