import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import * as files from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { RecordStore } from './record-store.ts'
import { RowList } from './row-list.ts'
import { SpillFile } from './spill-file.ts'

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof files>()) }))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiltyard-spill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('says so when the disk is full, and removes what it wrote', async () => {
  const spill = new SpillFile(() => join(folder, 'full'))
  await spill.append(Int32Array.of(1, 2, 3))
  const open = vi.spyOn(files, 'open').mockResolvedValueOnce({
    writev: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })),
    close: () => Promise.resolve(),
  } as unknown as files.FileHandle)
  const full = new SpillFile(() => join(folder, 'fuller'))
  await expect(full.append(Int32Array.of(1))).rejects.toMatchObject({ code: 'disk-full' })
  open.mockRestore()
  await full.remove()
  await spill.remove()
  expect(readdirSync(folder)).toEqual([])
})

it('gives records back in the order they came, from memory and from disk', async () => {
  const spill = new SpillFile(() => join(folder, 'records'))
  const store = new RecordStore({ words: 2, partitions: 3, expected: 5000, maxBytes: 1024, spill })
  for (let number = 0; number < 5000; number++) {
    const at = store.reserve(number % 3)
    store.chunk[at] = number
    store.chunk[at + 1] = -number
    if (number % 100 === 0) await store.settle()
  }
  expect(spill.bytes).toBeGreaterThan(30_000)
  const wanted = Array.from({ length: 5000 }, (_, number) => number).filter((number) => number % 3 === 1)
  expect([...(await store.take(1))]).toEqual(wanted.flatMap((number) => [number, -number]))
  expect(store.lengthOf(1)).toBe(0)
  await spill.remove()
})

it('pages a list across what lies in memory and what lies on disk', async () => {
  const spill = new SpillFile(() => join(folder, 'list'))
  const list = new RowList(2, 64, spill)
  for (let piece = 0; piece < 5; piece++) {
    await list.append(Int32Array.from({ length: 12 }, (_, index) => piece * 12 + index))
  }
  expect([list.length, spill.bytes]).toEqual([30, 4 * 48])
  expect(Array.from(await list.slice(4, 9))).toEqual(Array.from({ length: 10 }, (_, index) => 8 + index))
  expect((await list.slice(28, 100)).length).toBe(4)
  await spill.remove()
  await expect(list.slice(10, 20)).rejects.toMatchObject({ code: 'comparison-expired' })
})
