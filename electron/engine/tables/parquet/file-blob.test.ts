import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openFileBlob } from './file-blob.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'tiltyard-blob-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(text: string): string {
  const file = path.join(folder, 'a')
  writeFileSync(file, text)
  return file
}

it('gives ranges of a file, and of ranges', async () => {
  const { blob, bytesFetched } = await openFileBlob(fileOf('0123456789'), 'a')
  const text = async (part: Blob): Promise<string> => Buffer.from(await part.arrayBuffer()).toString()
  expect(blob.size).toBe(10)
  expect(await text(blob.slice(2, 8))).toBe('234567')
  expect(await text(blob.slice(2, 8).slice(1, 3))).toBe('34')
  expect(await text(blob.slice(8, 20))).toBe('89')
  expect(bytesFetched()).toBe(10)
})

it('holds what it read as long as it is told to', async () => {
  const { blob, bytesFetched, keep } = await openFileBlob(fileOf('0123456789'), 'a')
  const read = (): Promise<ArrayBuffer> => blob.slice(2, 8).arrayBuffer()
  keep(true)
  expect(await read()).toBe(await read())
  keep(false)
  expect(await read()).not.toBe(await read())
  expect(bytesFetched()).toBe(24)
})

it('refuses what is too large to be held, and says what to do', async () => {
  const file = fileOf('')
  truncateSync(file, 3_000_000_000)
  const { blob, refusal } = await openFileBlob(file, 'huge.parquet')
  void blob.arrayBuffer()
  await expect(refusal).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('a row group of 3 GB without an index of its pages'),
    hint: expect.stringContaining('row_group_size'),
  })
})
