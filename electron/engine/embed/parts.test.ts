import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesToWrite, partsOf, rowBytes } from './cost.ts'
import { judge } from './pass.ts'
import { openStage } from './stage.ts'
import { hashText, hasText } from './text-hash.ts'

const folder = mkdtempSync(join(tmpdir(), 'tiltyard-stage-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fragment = (physicalRows: number) => ({ id: 0, physicalRows, files: [] })

it('cuts a fragment evenly, and counts what is written again', () => {
  const chunk = rowBytes(4) * 100
  expect([1, 100, 101, 250].map((rows) => partsOf(fragment(rows), 4, chunk))).toEqual([1, 1, 2, 3])
  const [small, large] = [100, 300].map((rows) => bytesToWrite([fragment(rows)], 4, chunk))
  // Three parts write a third, two thirds and all of it.
  expect(large! / small!).toBeGreaterThan(5)
})

describe('a row', () => {
  const { short } = hashText('text')
  it.each([
    ['with a vector of its own is left', { text: 'text', key: 1n, hash: undefined, hasVector: true }, 'done'],
    ['with a vector of this text is done', { text: 'text', key: 1n, hash: short, hasVector: true }, 'done'],
    ['with a vector of another text is made anew', { text: 'other', key: 1n, hash: short, hasVector: true }, 'embed'],
    ['whose text is gone loses its vector', { text: ' ', key: 1n, hash: short, hasVector: true }, 'clear'],
    ['without text is empty', { text: null, key: 1n, hash: undefined, hasVector: false }, 'empty'],
    ['that came later waits', { text: 'text', key: undefined, hash: undefined, hasVector: false }, 'left'],
  ] as const)('%s', (_what, row, verdict) => {
    expect(judge(row, true)).toBe(verdict)
  })

  it('keeps no vector of another text in the last look', () => {
    expect(judge({ text: 'other', key: 1n, hash: short, hasVector: true }, false)).toBe('clear')
    expect(judge({ text: 'text', key: 1n, hash: undefined, hasVector: false }, false)).toBe('left')
  })
})

it('knows blanks from text', () => {
  expect(['', ' \n\t', null, ' a'].map((text) => hasText(text))).toEqual([false, false, false, true])
})

it('keeps vectors over a kill in the middle of writing, until they are in the dataset', async () => {
  const digest = (text: string): string => hashText(text).digest
  const first = await openStage(folder, ['model'], 2)
  await first.keep([
    { digest: digest('a'), vector: Float32Array.of(1, 2) },
    { digest: digest('b'), vector: Float32Array.of(3, 4) },
  ])
  await first.close('keep')
  const [name] = readdirSync(folder)
  const path = join(folder, name!)
  writeFileSync(path, readFileSync(path).subarray(0, -3))
  const second = await openStage(folder, ['model'], 2)
  expect([second.find(digest('a')), second.find(digest('b'))]).toEqual([Float32Array.of(1, 2), undefined])
  await second.keep([{ digest: digest('c'), vector: Float32Array.of(5, 6) }])
  await second.close('keep')
  const other = await openStage(folder, ['another model'], 2)
  expect(other.find(digest('a'))).toBeUndefined()
  await other.close('remove')
  const third = await openStage(folder, ['model'], 2)
  expect([third.find(digest('a')), third.find(digest('c'))]).toEqual([Float32Array.of(1, 2), Float32Array.of(5, 6)])
  await third.forget()
  expect(third.find(digest('a'))).toBeUndefined()
  await third.close('remove')
  expect(readdirSync(folder)).toEqual([])
})
