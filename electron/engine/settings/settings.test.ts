import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineContext } from '../context.ts'
import { createSettingsHandlers } from './index.ts'

let folder: string
let dataDir: string
let lines: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltyard-settings-'))
  dataDir = join(folder, 'not', 'yet')
  lines = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal }

/** The two operations of one engine. */
function start() {
  const engine = { paths: { dataDir, root: undefined }, log: (line: string) => void lines.push(line) }
  const handlers = createSettingsHandlers(engine as unknown as EngineContext)
  return {
    get: async (key: string) => (await handlers['settings.get']({ key }, context)).value,
    set: async (key: string, value: Parameters<(typeof handlers)['settings.set']>[0]['value']) =>
      handlers['settings.set']({ key, value }, context),
  }
}

describe('settings', () => {
  it('survive a restart and are removed by null', async () => {
    await start().set('theme', 'dark')
    await start().set('columns:abc', { order: ['a', 'b'], widths: { a: 12.5 }, hidden: [] })
    expect(await start().get('theme')).toBe('dark')
    expect(await start().get('columns:abc')).toEqual({ order: ['a', 'b'], widths: { a: 12.5 }, hidden: [] })
    await start().set('theme', null)
    expect(await start().get('theme')).toBeNull()
    expect(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({ format: 1 })
    expect(await readdir(dataDir)).toEqual(['settings.json'])
  })

  it('are null, not inherited, when never saved', async () => {
    expect(await start().get('constructor')).toBeNull()
    expect(await start().get('theme')).toBeNull()
    await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
  })

  it('loses none of many writes at once', async () => {
    const settings = start()
    await Promise.all(Array.from({ length: 100 }, (_, index) => settings.set(`key-${index}`, index)))
    const values = await Promise.all(Array.from({ length: 100 }, (_, index) => start().get(`key-${index}`)))
    expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })

  it('loses none of the writes of two engines', async () => {
    const engines = [start(), start()]
    await Promise.all(Array.from({ length: 40 }, (_, index) => engines[index % 2]?.set(`key-${index}`, index)))
    const values = await Promise.all(Array.from({ length: 40 }, (_, index) => start().get(`key-${index}`)))
    expect(values).toEqual(Array.from({ length: 40 }, (_, index) => index))
    expect(await readdir(dataDir)).toEqual(['settings.json'])
  })

  it('do not wait long for an engine that died while writing', async () => {
    await start().set('theme', 'dark')
    const lock = join(dataDir, 'settings.json.lock')
    await writeFile(lock, '')
    const past = new Date(Date.now() - 60_000)
    await utimes(lock, past, past)
    await start().set('theme', 'light')
    expect(await start().get('theme')).toBe('light')
  })

  it.each(['{', '[]', '{"format":2,"values":{}}', '{"format":1}', ''])('keep a file holding %j aside', async (text) => {
    await mkdir(dataDir, { recursive: true })
    await writeFile(join(dataDir, 'settings.json'), text)
    const settings = start()
    expect(await settings.get('theme')).toBeNull()
    await settings.set('theme', 'light')
    expect(await start().get('theme')).toBe('light')
    const aside = (await readdir(dataDir)).find((name) => name.includes('unreadable'))
    expect(await readFile(join(dataDir, aside ?? ''), 'utf8')).toBe(text)
    expect(lines).toEqual([expect.stringContaining('starting empty')])
  })

  it('refuse more than 256 kB and keep what was there', async () => {
    await start().set('big', 'x'.repeat(256 * 1024 - 2))
    await expect(start().set('big', 'x'.repeat(256 * 1024))).rejects.toMatchObject({ code: 'too-large' })
    expect(await start().get('big')).toHaveLength(256 * 1024 - 2)
  })

  it('tell a folder that cannot be written, and go on after it', async () => {
    await writeFile(join(folder, 'not'), 'a file in the way')
    const settings = start()
    await expect(settings.set('theme', 'dark')).rejects.toMatchObject({ name: 'AppError' })
    await rm(join(folder, 'not'))
    await settings.set('theme', 'dark')
    expect(await settings.get('theme')).toBe('dark')
  })
})
