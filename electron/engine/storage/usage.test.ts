import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatasetFolder, createRichHistory, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { openStorage, walkSizes } from './storage.fixture.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

describe('storage.usage', () => {
  it.each([
    ['default', undefined],
    ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }],
    ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }],
    ['legacy_files', { new_table_data_storage_version: 'legacy' }],
  ])('adds up to the directory, to the byte (%s)', async (name, options) => {
    await createRichHistory(folder, name, options)
    const storage = await openStorage(folder.location(name))
    const usage = await storage.usage()
    const sizes = walkSizes(folder.location(name))
    const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
    expect(usage).toMatchObject({ totalBytes: total, totalFiles: sizes.size, version: 14, unreadable: [] })
    expect(usage.classes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total)
    expect(usage.classes.reduce((sum, { files }) => sum + files, 0)).toBe(sizes.size)
    const files = await storage.files()
    expect(new Map(files.map(({ path, bytes }) => [path, bytes]))).toEqual(new Map([...sizes].toSorted()))
  })
})
