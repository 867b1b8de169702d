import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { followFile, type FileLine } from './follow-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tiltyard-follow-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const fileOf = (text: string): string => {
  const path = join(folder, `${++files}.jsonl`)
  writeFileSync(path, text)
  return path
}
const start = { offset: 0, line: 0 }
const never = new AbortController().signal

async function readAll(path: string, from = start): Promise<readonly FileLine[]> {
  const lines: FileLine[] = []
  for await (const part of followFile(path, { from, follow: false, signal: never })) lines.push(...part)
  return lines
}

describe('followFile', () => {
  it('reads lines with their places, the last one without an end', async () => {
    expect(await readAll(fileOf('{"a":1}\r\n\n{"é":2}\n{"b":3}'))).toEqual([
      { text: '{"a":1}\r', line: 1, end: 9 },
      { text: '{"é":2}', line: 3, end: 19 },
      { text: '{"b":3}', line: 4, end: 26 },
    ])
  })
  it('goes on from a place', async () => {
    const path = fileOf('a\nb\nc\n')
    const [first] = await readAll(path)
    expect((await readAll(path, { offset: first!.end, line: first!.line })).map(({ text }) => text)).toEqual(['b', 'c'])
  })
  it('joins lines longer than what is read at once', async () => {
    const long = 'x'.repeat(700_000)
    expect((await readAll(fileOf(`${long}\n1\n`))).map(({ text }) => text.length)).toEqual([700_000, 1])
  })
  it('refuses an endless line', async () => {
    await expect(readAll(fileOf('x'.repeat(17 * 1024 * 1024)))).rejects.toMatchObject({ code: 'too-large' })
  })
  it('says what is not there', async () => {
    await expect(readAll(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('waits for more, and takes an unfinished line only when it is whole', async () => {
    const path = fileOf('a\nb')
    const controller = new AbortController()
    const lines = followFile(path, { from: start, follow: true, signal: controller.signal, pollMs: 20 })
    expect((await lines.next()).value.map(({ text }: FileLine) => text)).toEqual(['a'])
    const next = lines.next()
    appendFileSync(path, 'c\nd')
    expect((await next).value.map(({ text }: FileLine) => text)).toEqual(['bc'])
    const end = lines.next()
    controller.abort()
    expect((await end).done).toBe(true)
  })
  it.each([
    ['became shorter', (path: string) => truncateSync(path, 1)],
    [
      'was replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, 'other\n')
        renameSync(`${path}.new`, path)
      },
    ],
  ])('ends when the file %s', async (what, change) => {
    const path = fileOf('aaa\n')
    const lines = followFile(path, { from: start, follow: true, signal: never, pollMs: 20 })
    await lines.next()
    const next = lines.next()
    change(path)
    await expect(next).rejects.toMatchObject({
      code: 'unreadable-source',
      message: expect.stringContaining(what) as string,
    })
  })
})
