import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatasetFolder, createRichHistory, type DatasetFolder } from './datasets.fixture.ts'
import { createDatasetRegistry } from './registry.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

describe.each([
  ['default', undefined],
  ['stable row ids', { new_table_enable_stable_row_ids: 'true' }],
  ['plain manifest names', { new_table_enable_v2_manifest_paths: 'false' }],
  ['legacy files', { new_table_data_storage_version: 'legacy' }],
])('a dataset with a rich history (%s)', (label, storageOptions) => {
  it('has the rows, fragments and versions LanceDB counts', async () => {
    const name = label.replaceAll(' ', '_')
    const table = await createRichHistory(folder, name, storageOptions)
    const dataset = await createDatasetRegistry({ paths: { root: undefined } }).open(folder.location(name))
    const versions = await table.listVersions()
    expect(await dataset.resolve()).toEqual({ branch: undefined, version: await table.version() })
    for (const { version, timestamp, metadata } of versions) {
      const manifest = await dataset.manifest(await dataset.resolve({ version }))
      const rows = manifest.fragments.reduce((sum, it) => sum + it.physicalRows - (it.deletion?.deletedRows ?? 0), 0)
      expect(String(rows)).toBe(metadata['total_rows'])
      expect(String(manifest.fragments.length)).toBe(metadata['total_fragments'])
      const bytes = manifest.fragments.flatMap((it) => it.files).reduce((sum, it) => sum + (it.bytes ?? 0), 0)
      expect(String(bytes)).toBe(metadata['total_files_size'])
      expect(new Date(manifest.timestamp).getTime()).toBe(timestamp.getTime())
      expect(manifest.version).toBe(version)
    }
  })
})
