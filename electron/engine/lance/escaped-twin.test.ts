import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { escapePath, isPlainPath, makeEscapedTwin } from './escaped-twin.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiltyard-twin-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('escapes what object stores escape', () => {
  expect(escapePath('/home/jörg/a #1 50%/x.lance')).toBe('/home/j%C3%B6rg/a %231 50%25/x.lance')
  expect(isPlainPath("/data/a b+c&d;e=f,(g)!$'@:-_.lance")).toBe(true)
  expect(isPlainPath('/data/~me')).toBe(false)
})

it('makes the twin and takes it away again, with the folders above it that it made', () => {
  const real = join(folder, 'ü', 'x.lance', '_refs')
  const remove = makeEscapedTwin(real)
  expect(existsSync(join(folder, '%C3%BC', 'x.lance', '_refs'))).toBe(true)
  remove()
  expect(readdirSync(folder)).toEqual([])
})

it('leaves folders that were there before, and those something else lies in', () => {
  mkdirSync(join(folder, '%C3%BC'))
  makeEscapedTwin(join(folder, 'ü', 'a'))()
  expect(readdirSync(join(folder, '%C3%BC'))).toEqual([])
  const remove = makeEscapedTwin(join(folder, 'ö', 'a'))
  writeFileSync(join(folder, '%C3%B6', 'file'), '')
  remove()
  expect(readdirSync(join(folder, '%C3%B6'))).toEqual(['file'])
})

it('makes nothing for a plain path', () => {
  makeEscapedTwin(join(folder, 'a', 'b'))()
  expect(readdirSync(folder)).toEqual([])
})
