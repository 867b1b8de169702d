import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { openStorage } from './storage.fixture.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

it('adds up what each version alone keeps', async () => {
  const table = await folder.create('plain', makeRows(0, 100))
  await table.add(makeRows(100, 200))
  await table.add(makeRows(200, 300), { mode: 'overwrite' })
  await (await table.tags()).create('keep', 2)
  const storage = await openStorage(folder.location('plain'))
  const [versions, files] = [await storage.versions(), await storage.files()]
  expect(versions.map(({ version, tags }) => [version, tags])).toEqual([
    [3, []],
    [2, ['keep']],
    [1, []],
  ])
  for (const { version, exclusiveBytes, exclusiveFiles, manifestBytes } of versions) {
    const own = files.filter(
      ({ kind, usedBy }) =>
        kind !== 'version-hint' &&
        usedBy.versions.length === 1 &&
        usedBy.versions[0]!.from === version &&
        usedBy.versions[0]!.to === version,
    )
    expect(exclusiveFiles).toBe(own.length)
    expect(exclusiveBytes).toBe(own.reduce((sum, { bytes }) => sum + bytes, 0))
    expect(manifestBytes).toBe(own.find(({ kind }) => kind === 'manifest')?.bytes)
  }
  // Manifest, transaction and one data file each, but for version 1, whose data file version 2 shares.
  expect(versions.map(({ exclusiveFiles }) => exclusiveFiles)).toEqual([3, 3, 2])
})

it('lists branches after main, and counts for no one what a branch shares', async () => {
  await createRichHistory(folder, 'rich')
  const versions = await (await openStorage(folder.location('rich'))).versions()
  expect(versions.map(({ branch, version }) => [branch, version])).toEqual([
    ...Array.from({ length: 14 }, (_, index) => [undefined, 14 - index]),
    ['exp/one', 7],
  ])
  expect(versions.find(({ branch, version }) => branch === undefined && version === 7)?.exclusiveFiles).toBe(2)
})
