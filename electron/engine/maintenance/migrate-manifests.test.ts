import { copyFileSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatManifestName } from '../format/names.ts'
import { numbered } from '../lance/tables.fixture.ts'
import { openTable, readIds } from '../versions/writing.fixture.ts'
import { makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

async function makeOld(name: string) {
  const table = await bench.folder.create(name, numbered(1), { newTableEnableV2ManifestPaths: 'false' })
  for (let id = 1; id < 12; id++) await table.add(numbered(1, id))
  await (await table.tags()).create('kept', 5)
  const location = bench.folder.locate(name)
  return { dataset: await bench.open(name), location, folder: join(location, '_versions') }
}

const names = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.manifest'))
const newNames = Array.from({ length: 12 }, (_, index) => formatManifestName(12 - index, 'v2'))

describe('maintenance.migrateManifests', () => {
  it('renames every manifest; LanceDB then reads every version and goes on', async () => {
    const { dataset, location, folder } = await makeOld('old')
    expect(names(folder)).toContain('12.manifest')
    const foretold = await bench.forecast(dataset, { kind: 'migrate-manifests' })
    expect(foretold).toMatchObject({ nothingToDo: false, extraDiskAtMost: 0, version: 12 })
    expect(foretold.notes.map(({ severity }) => severity)).toEqual(['note', 'warning'])
    const result = await bench.run('maintenance.migrateManifests', { dataset })
    expect([result.versionBefore, result.versionAfter, result.after.versions]).toEqual([12, 12, 12])
    expect(result.after.totalBytes).toBe(result.before.totalBytes)
    expect(names(folder)).toEqual(newNames)
    for (let version = 1; version <= 12; version++) expect(await readIds(location, { version })).toHaveLength(version)
    const table = await openTable(location)
    await table.checkout('kept')
    expect(await table.countRows()).toBe(5)
    await table.checkoutLatest()
    await table.add(numbered(1, 12))
    expect(names(folder)).toContain(formatManifestName(13, 'v2'))
    expect(await bench.forecast(dataset, { kind: 'migrate-manifests' })).toMatchObject({ nothingToDo: true })
    const again = await bench.run('maintenance.migrateManifests', { dataset })
    expect(again.notes[0]?.message).toBe('Nothing was left to rename.')
  })

  it.each([
    ['the oldest', [1, 2, 3]],
    ['the newest', [12, 11]],
    ['all but the newest', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ])('finishes what was stopped after %s, which LanceDB cannot even open', async (what, done) => {
    const { location, folder } = await makeOld(what.replaceAll(' ', '-'))
    for (const version of done) {
      renameSync(join(folder, `${version}.manifest`), join(folder, formatManifestName(version, 'v2')))
    }
    await expect(openTable(location)).rejects.toThrow('multiple manifest naming schemes')
    const dataset = (await bench.context.datasets.open(location)).handle
    const { notes } = await bench.forecast(dataset, { kind: 'migrate-manifests' })
    expect(notes[0]).toMatchObject({ severity: 'problem' })
    await bench.run('maintenance.migrateManifests', { dataset })
    expect(names(folder)).toEqual(newNames)
    expect(await readIds(location)).toHaveLength(12)
  })

  it('replaces nothing: a version with both names keeps both, and that is said', async () => {
    const { dataset, folder } = await makeOld('both')
    copyFileSync(join(folder, '3.manifest'), join(folder, formatManifestName(3, 'v2')))
    const { notes } = await bench.run('maintenance.migrateManifests', { dataset })
    expect(notes.at(-1)).toMatchObject({ severity: 'problem', message: expect.stringContaining('1 manifest kept') })
    expect(names(folder)).toContain('3.manifest')
  })
})
