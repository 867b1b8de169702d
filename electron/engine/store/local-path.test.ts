import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPath, isInside, resolveRealPath } from './local-path.ts'

let folder: string
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tiltyard-path-')))
  await mkdir(join(folder, 'root', 'in'), { recursive: true })
  await mkdir(join(folder, 'rooted'))
  await symlink(join(folder, 'rooted'), join(folder, 'root', 'way-out'))
  await symlink(join(folder, 'root', 'in'), join(folder, 'way-in'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('expands the home folder and nothing else', () => {
  expect(expandPath('~')).toBe(homedir())
  expect(expandPath('~/a b#c%20')).toBe(join(homedir(), 'a b#c%20'))
  expect(expandPath('/x/~/y')).toBe('/x/~/y')
  expect(expandPath('a')).toBe(join(process.cwd(), 'a'))
  expect(() => expandPath('a\0')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

it('knows inside from beside', () => {
  expect(isInside('/a', '/a')).toBe(true)
  expect(isInside('/a', '/a/b')).toBe(true)
  expect(isInside('/a', '/a/..b')).toBe(true)
  expect(isInside('/a', '/ab')).toBe(false)
  expect(isInside('/a', '/')).toBe(false)
})

describe('within a root', () => {
  const outside = expect.objectContaining({ code: 'outside-root' })

  it('follows links to where they really lead', async () => {
    const root = join(folder, 'root')
    expect(await resolveRealPath(join(folder, 'way-in'), root)).toBe(join(root, 'in'))
    await expect(resolveRealPath(join(root, 'way-out'), root)).rejects.toEqual(outside)
    await expect(resolveRealPath(join(root, '..', 'rooted'), root)).rejects.toEqual(outside)
  })

  it('does not tell what exists outside', async () => {
    const root = join(folder, 'root')
    await expect(resolveRealPath(join(folder, 'nothing'), root)).rejects.toEqual(outside)
    await expect(resolveRealPath(join(root, 'nothing'), root)).rejects.toMatchObject({ code: 'not-found' })
  })
})
