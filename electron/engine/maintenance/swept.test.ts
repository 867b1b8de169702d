import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { numbered } from '../lance/tables.fixture.ts'
import { makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'
import { noteSwept } from './swept.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

/** A file no version uses, last changed so many days ago. */
function leave(location: string, path: string, bytes: number, days: number): void {
  const file = join(location, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.alloc(bytes))
  const when = Date.now() / 1000 - days * 86_400
  utimesSync(file, when, when)
}

async function makeFragments(name: string) {
  const table = await bench.folder.create(name, numbered(10))
  await table.add(numbered(10, 10))
  return { dataset: await bench.open(name), location: bench.folder.locate(name) }
}

it('says which old files LanceDB removed on the way, and that younger ones stay', async () => {
  const { dataset, location } = await makeFragments('old')
  leave(location, 'data/abandoned.lance', 3000, 9)
  leave(location, '_indices/1f0c8a52-8d3d-4b7c-9a55-0d6a4b2f9b11/index.idx', 2000, 8)
  leave(location, 'data/young.lance', 500, 6)
  const result = await bench.run('maintenance.compact', { dataset })
  expect(existsSync(join(location, 'data/abandoned.lance'))).toBe(false)
  expect(existsSync(join(location, 'data/young.lance'))).toBe(true)
  expect(result.notes).toEqual([
    { severity: 'note', message: 'LanceDB removed 2 files older than seven days (5 kB) that no version used.' },
  ])
})

it('says nothing where nothing was removed', async () => {
  const { dataset, location } = await makeFragments('kept')
  leave(location, 'README.txt', 10, 30)
  const result = await bench.run('maintenance.compact', { dataset })
  expect(existsSync(join(location, 'README.txt'))).toBe(true)
  expect(result.notes).toEqual([])
})

it('does not lay at its door what somebody who removed versions may have done', () => {
  const file = (path: string) => ({ path, bytes: 10, modifiedMs: 0 })
  expect(noteSwept([file('_versions/3.manifest')])).toEqual([])
  expect(noteSwept([file('_versions/3.manifest'), file('data/a.lance')])).toMatchObject([
    { message: expect.stringMatching(/^Another program removed versions.*1 file older/) },
  ])
  expect(noteSwept([file('_versions/.tmp_3.manifest_1')])).toMatchObject([
    { message: expect.stringMatching(/^LanceDB/) },
  ])
})
