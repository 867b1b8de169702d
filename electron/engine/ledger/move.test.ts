import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { appendLine, ledgerPath } from './file.ts'
import { noteMove, noteWrite, readLedger } from './index.ts'
import type { LedgerLine } from './lines.ts'

const A = '/data/a.lance'
const B = '/data/b.lance'
let dataDir: string
const logged: string[] = []
const context = () => ({ paths: { dataDir, root: undefined }, log: (line: string) => void logged.push(line) })
const write = (location: string, title: string) =>
  noteWrite(
    context(),
    { location, resolve: () => Promise.resolve({ branch: undefined, version: 1 }) },
    { operation: 'x', title },
    () => Promise.resolve(),
  )
const move = (from: string, to: string, work = () => Promise.resolve('moved')) =>
  noteMove(context(), { from, to }, { operation: 'datasets.rename', title: `To ${to}` }, work)
const titles = async (location: string) =>
  (await readLedger(context(), { location })).entries.map(({ title, outcome }) => `${title}: ${outcome}`)

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltyard-move-'))
  logged.length = 0
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('noteMove', () => {
  it('takes the ledger along, there and back, and leaves an empty one', async () => {
    await write(A, 'first')
    expect(await move(A, B)).toBe('moved')
    expect(await titles(B)).toEqual(['To /data/b.lance: done', 'first: done'])
    expect(await titles(A)).toEqual([])
    const [entry] = (await readLedger(context(), { location: B })).entries
    expect(entry).toMatchObject({ location: A, forecast: { from: A, to: B }, result: 'moved' })
    expect(entry).not.toHaveProperty('versionBefore')
    await write(A, 'another dataset')
    await move(B, '/data/c.lance')
    expect(await titles('/data/c.lance')).toHaveLength(3)
    expect(await titles(A)).toEqual(['another dataset: done'])
    expect(logged).toEqual([])
  })

  it('has a copy at the new place before the dataset goes there, and keeps what is noted meanwhile', async () => {
    await write(A, 'first')
    await move(A, B, async () => {
      expect(await titles(B)).toEqual(['To /data/b.lance: running', 'first: done'])
      expect(await titles(A)).toHaveLength(2)
      // Another process, which does not wait in this one's lane.
      const lines = readFileSync(ledgerPath(dataDir, A), 'utf8').trim().split('\n')
      const line = JSON.parse(lines[0]!) as LedgerLine
      await appendLine(ledgerPath(dataDir, A), { ...line, id: 'late', title: 'late' } as LedgerLine)
      return 'moved'
    })
    expect(await titles(B)).toEqual(['late: running', 'To /data/b.lance: done', 'first: done'])
  })

  it('sets aside what a dataset that is no more left at the new place', async () => {
    await write(A, 'mine')
    await write(B, 'of one before')
    await move(A, B)
    expect(await titles(B)).toEqual(['To /data/b.lance: done', 'mine: done'])
    const files = readdirSync(join(dataDir, 'ledger'))
    expect(files).toHaveLength(2)
    const aside = files.find((name) => /-\d+\.jsonl$/.test(name))
    expect(readFileSync(join(dataDir, 'ledger', aside!), 'utf8')).toContain('of one before')
  })

  it('leaves both ledgers where they are when the dataset was not moved', async () => {
    await write(A, 'mine')
    await write(B, 'theirs')
    const refused = new AppError({ code: 'already-exists', message: 'No.' })
    await expect(move(A, B, () => Promise.reject(refused))).rejects.toBe(refused)
    expect(await titles(A)).toEqual(['To /data/b.lance: failed', 'mine: done'])
    expect(await titles(B)).toEqual(['theirs: done'])
    expect(readdirSync(join(dataDir, 'ledger'))).toHaveLength(2)
  })

  it('begins one where there was none', async () => {
    await move(A, B)
    expect(await titles(B)).toEqual(['To /data/b.lance: done'])
  })

  it('moves all the same where the data folder is a file', async () => {
    rmSync(dataDir, { recursive: true })
    dataDir = join(import.meta.dirname, 'move.ts')
    expect(await move(A, B)).toBe('moved')
    expect(logged.join('\n')).toContain(`that of ${A} could not be moved to that of ${B}`)
    expect(existsSync(dataDir)).toBe(true)
    dataDir = mkdtempSync(join(tmpdir(), 'tiltyard-move-'))
  })
})
