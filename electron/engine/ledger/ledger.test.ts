import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { appendLine, ledgerPath, readLines } from './file.ts'
import { beginWrite, noteWrite, readLedger } from './index.ts'
import type { BeginLine } from './lines.ts'

let dataDir: string
let version: number
const logged: string[] = []
const context = () => ({
  paths: { dataDir, root: undefined },
  log: (line: string) => void logged.push(line),
})
const dataset = {
  location: '/data/things.lance',
  resolve: () => Promise.resolve({ branch: undefined, version }),
}
const note = { operation: 'maintenance.compact', title: 'Compact' }
const file = () => ledgerPath(dataDir, dataset.location)

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltyard-ledger-'))
  version = 4
  logged.length = 0
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('noteWrite', () => {
  it('notes who wrote what, the versions and the result', async () => {
    const made = await noteWrite(context(), dataset, { ...note, forecast: { bytes: 12n } }, () => {
      version = 6
      return Promise.resolve({ bytes: 11 })
    })
    expect(made).toEqual({ bytes: 11 })
    const { entries, unreadableLines } = await readLedger(context(), dataset)
    expect(unreadableLines).toBe(0)
    expect(entries).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        endedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        who: { user: expect.any(String), by: 'person' },
        operation: 'maintenance.compact',
        title: 'Compact',
        location: dataset.location,
        versionBefore: 4,
        versionAfter: 6,
        outcome: 'done',
        forecast: { bytes: '12' },
        result: { bytes: 11 },
      },
    ])
  })

  it('notes failures in their words and cancelled work as cancelled', async () => {
    const full = new AppError({ code: 'disk-full', message: 'No room.', hint: 'Free some.' })
    await expect(noteWrite(context(), dataset, note, () => Promise.reject(full))).rejects.toBe(full)
    const aborted = new DOMException('aborted', 'AbortError')
    await expect(noteWrite(context(), dataset, note, () => Promise.reject(aborted))).rejects.toBe(aborted)
    const { entries } = await readLedger(context(), dataset)
    expect(entries.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['cancelled', undefined],
      ['failed', { code: 'disk-full', message: 'No room.', hint: 'Free some.' }],
    ])
  })

  it('keeps what is small and says what it did not keep', async () => {
    await noteWrite(context(), dataset, note, () => Promise.resolve({ text: 'x'.repeat(100_000) }))
    expect((await readLedger(context(), dataset)).entries[0]?.result).toEqual({
      notKept: expect.stringContaining('100011 characters'),
    })
    expect(statSync(file()).size).toBeLessThan(4000)
  })

  it('runs writes of one dataset one after another', async () => {
    const write = () =>
      noteWrite(context(), dataset, note, async () => {
        await new Promise((resolve) => setTimeout(resolve, 2))
        version++
      })
    await Promise.all([write(), write(), write()])
    const { entries } = await readLedger(context(), dataset)
    expect(entries.map((entry) => [entry.versionBefore, entry.versionAfter])).toEqual([
      [6, 7],
      [5, 6],
      [4, 5],
    ])
  })

  it('keeps nobody from writing when the ledger cannot be written', async () => {
    writeFileSync(join(dataDir, 'ledger'), 'a file where the folder should be')
    expect(await noteWrite(context(), dataset, note, () => Promise.resolve(1))).toBe(1)
    expect(logged.join()).toContain('could not be noted')
  })

  it('knows no version when there is none to know', async () => {
    const gone = { ...dataset, resolve: () => Promise.reject(new Error('gone')) }
    await noteWrite(context(), gone, note, () => Promise.resolve(1))
    expect((await readLedger(context(), dataset)).entries[0]).not.toHaveProperty('versionBefore')
  })
})

describe('readLedger', () => {
  it('tells what runs from what a crash left', async () => {
    await beginWrite(context(), dataset, note)
    const [begin] = (await readLines(file())).lines as [BeginLine]
    const of = (id: string, pid: number, start?: string): BeginLine => ({
      ...begin,
      id,
      run: start === undefined ? { id, pid } : { id, pid, start },
    })
    await appendLine(file(), of('dead', 999_999_999))
    // This id now belongs to another process than the one that began it.
    await appendLine(file(), of('again', process.pid, '1'))
    await appendLine(file(), of('parent', process.ppid))
    const { entries } = await readLedger(context(), dataset)
    expect(Object.fromEntries(entries.map(({ id, outcome }) => [id, outcome]))).toEqual({
      [begin.id]: 'running',
      dead: 'unfinished',
      again: 'unfinished',
      parent: 'running',
    })
  })

  it('lives with torn, foreign and damaged lines', async () => {
    await noteWrite(context(), dataset, note, () => Promise.resolve(1))
    const whole = readFileSync(file(), 'utf8')
    appendFileSync(file(), '\n{"kind":"begin","id":"torn","at":"2026-')
    expect(await readLedger(context(), dataset)).toMatchObject({ entries: [{ outcome: 'done' }], unreadableLines: 1 })
    await noteWrite(context(), dataset, note, () => Promise.resolve(2))
    appendFileSync(file(), '\n{"kind":"later"}\n[]\nnull\n\0\0\0\n')
    const { entries, unreadableLines } = await readLedger(context(), dataset)
    expect(entries.map(({ result }) => result)).toEqual([2, 1])
    expect(unreadableLines).toBe(5)
    expect(readFileSync(file(), 'utf8').startsWith(whole)).toBe(true)
  })

  it('is empty where nothing was written', async () => {
    expect(await readLedger(context(), dataset)).toEqual({ entries: [], unreadableLines: 0 })
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('keeps the newest of a file that grew too long, and all that runs', async () => {
    const running = await beginWrite(context(), dataset, note)
    appendFileSync(file(), '\ntorn\n')
    const [begin] = (await readLines(file())).lines as [BeginLine]
    for (let n = 0; n < 40; n++) {
      await appendLine(file(), { ...begin, id: `n${n}` }, 8000)
      await appendLine(file(), { kind: 'end', id: `n${n}`, endedAt: begin.at, outcome: 'done', versionAfter: n }, 8000)
    }
    expect(statSync(file()).size).toBeLessThan(9000)
    const { entries, unreadableLines } = await readLedger(context(), dataset)
    expect(unreadableLines).toBe(1)
    expect(entries.at(-1)).toMatchObject({ id: running.id, outcome: 'running' })
    const kept = entries.slice(0, -1).map(({ id }) => id)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => `n${39 - n}`))
    expect(kept.length).toBeGreaterThan(5)
    expect(entries.slice(0, -1).every(({ outcome }) => outcome === 'done')).toBe(true)
  })
})

it('loses nothing when two processes write at the same time, also while the file is made shorter', async () => {
  const bundle = join(dataDir, 'file.mjs')
  await build({
    input: join(import.meta.dirname, 'file.ts'),
    platform: 'node',
    tsconfig: join(import.meta.dirname, '../tsconfig.json'),
    output: { file: bundle, format: 'esm' },
    logLevel: 'silent',
  })
  const script = `
    const { appendLine } = await import(${JSON.stringify(bundle)})
    const [path, name] = process.argv.slice(1)
    const begin = { kind: 'begin', at: 'now', run: { id: name, pid: process.pid }, who: { user: 'u', by: 'person' },
      operation: 'o', title: 't', location: '/d', forecast: 'x'.repeat(200) }
    for (let n = 0; n < 60; n++) {
      const id = name + n
      await appendLine(path, { ...begin, id }, 60000)
      await appendLine(path, { kind: 'end', id, endedAt: 'now', outcome: 'done' }, 60000)
    }`
  const run = async (name: string): Promise<void> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, file(), name], { stdio: 'inherit' })
    expect(await once(child, 'exit')).toEqual([0, null])
  }
  await Promise.all([run('a'), run('b')])
  const { entries, unreadableLines } = await readLedger(context(), dataset)
  expect(unreadableLines).toBe(0)
  expect(entries.every(({ outcome }) => outcome === 'done')).toBe(true)
  expect(entries.length).toBeGreaterThan(20)
  for (const name of ['a', 'b']) {
    const own = entries.map(({ id }) => id).filter((id) => id.startsWith(name))
    expect(own).toEqual(Array.from({ length: own.length }, (_, n) => `${name}${59 - n}`))
  }
}, 60_000)
