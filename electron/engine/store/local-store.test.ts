import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from './local-store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltyard-store-'))
  await mkdir(join(folder, 'ds', 'data'), { recursive: true })
  await writeFile(join(folder, 'ds', 'data', 'a.bin'), Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
  await writeFile(join(folder, 'ds', 'data', 'b.bin'), '')
  await writeFile(join(folder, 'secret'), 'secret')
  await symlink(join(folder, 'ds'), join(folder, 'link'))
  await symlink(join(folder, 'nowhere'), join(folder, 'ds', 'data', 'broken'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const failing = (code: string) => expect.objectContaining({ name: 'AppError', code })

describe('a local store', () => {
  it('lists the files of a folder with their sizes, not its folders and dead links', async () => {
    const store = createLocalStore(join(folder, 'ds'))
    const infos = await store.list('data')
    expect(infos.map(({ path, bytes }) => [path, bytes]).toSorted()).toEqual([
      ['data/a.bin', 10],
      ['data/b.bin', 0],
    ])
    expect(await store.list('')).toEqual([])
    expect(await store.list('no/such/folder')).toEqual([])
    expect(await store.listNames('no/such/folder')).toEqual([])
  })

  it('lists a whole tree, links as what they are', async () => {
    await mkdir(join(folder, 'tree', 'a', 'b'), { recursive: true })
    await mkdir(join(folder, 'tree', 'empty'))
    await writeFile(join(folder, 'tree', 'a', 'b', 'deep'), 'deep')
    await writeFile(join(folder, 'tree', 'top'), 'top')
    await symlink(join(folder, 'ds'), join(folder, 'tree', 'out'))
    await symlink('nowhere', join(folder, 'tree', 'a', 'broken'))
    const store = createLocalStore(join(folder, 'tree'))
    const { objects, unreadable } = await store.listTree('')
    expect(objects.map(({ path, bytes }) => [path, bytes]).toSorted()).toEqual([
      ['a/b/deep', 4],
      ['a/broken', 'nowhere'.length],
      ['out', join(folder, 'ds').length],
      ['top', 3],
    ])
    expect(unreadable).toEqual([])
    expect(store.usage()).toEqual({ requests: 4, bytes: 0 })
    expect((await store.listTree('a')).objects.map(({ path }) => path).toSorted()).toEqual(['a/b/deep', 'a/broken'])
    expect((await store.listTree('none')).objects).toEqual([])
    await expect(store.listTree('../ds')).rejects.toEqual(failing('invalid-input'))
    await expect(store.listTree('', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  it('names what it cannot list', async () => {
    const { objects, unreadable } = await createLocalStore(join(folder, 'secret')).listTree('')
    expect(objects).toEqual([])
    expect(unreadable).toMatchObject([{ path: '', error: { code: 'not-a-directory' } }])
  })

  it('counts each request and the bytes it brought', async () => {
    const store = createLocalStore(join(folder, 'ds'))
    expect(store.usage()).toEqual({ requests: 0, bytes: 0 })
    expect([...(await store.readRange('data/a.bin', 2, 5))]).toEqual([2, 3, 4])
    expect(store.usage()).toEqual({ requests: 1, bytes: 3 })
    expect([...(await store.readRange('data/a.bin', 8, 99))]).toEqual([8, 9])
    expect((await store.read('data/a.bin')).length).toBe(10)
    expect((await store.info('data/a.bin')).bytes).toBe(10)
    await store.listNames('data')
    expect(store.usage()).toEqual({ requests: 5, bytes: 15 })
  })

  it('reads through a link in place of its root', async () => {
    expect((await createLocalStore(join(folder, 'link')).read('data/a.bin')).length).toBe(10)
  })

  it.each(['../secret', 'data/../../secret', '/etc/passwd', 'data//a.bin', './data', 'data/', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      const store = createLocalStore(join(folder, 'ds'))
      await expect(store.read(path)).rejects.toEqual(failing('invalid-input'))
      expect(store.usage()).toEqual({ requests: 0, bytes: 0 })
    },
  )

  it('tells failures by code', async () => {
    const store = createLocalStore(join(folder, 'ds'))
    await expect(store.read('data/none')).rejects.toEqual(failing('not-found'))
    await expect(store.read('data')).rejects.toEqual(failing('not-found'))
    await expect(store.info('data/a.bin/x')).rejects.toEqual(failing('not-a-directory'))
    await expect(store.listNames('data/a.bin')).rejects.toEqual(failing('not-a-directory'))
    await expect(store.read('data/a.bin', 9)).rejects.toEqual(failing('too-large'))
  })

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'ds', 'pipe')])
    await expect(createLocalStore(join(folder, 'ds')).read('pipe')).rejects.toEqual(failing('not-found'))
    await rm(join(folder, 'ds', 'pipe'))
  })

  it('creates an object once and deletes it', async () => {
    const store = createLocalStore(join(folder, 'ds'))
    await store.writeIfAbsent('new/one', Uint8Array.of(1))
    await expect(store.writeIfAbsent('new/one', Uint8Array.of(2))).rejects.toMatchObject({
      code: 'internal',
      detail: 'exists',
    })
    expect([...(await readFile(join(folder, 'ds', 'new', 'one')))]).toEqual([1])
    await store.delete('new/one')
    await expect(store.info('new/one')).rejects.toEqual(failing('not-found'))
  })
})
