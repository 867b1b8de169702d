import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineContext } from '../context.ts'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from './datasets.fixture.ts'
import { createDatasetsHandlers, createDatasetRegistry } from './index.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

const paths = { root: undefined, dataDir: '' }
const createHandlers = (): ReturnType<typeof createDatasetsHandlers> =>
  createDatasetsHandlers({ datasets: createDatasetRegistry({ paths }), paths } as unknown as EngineContext)
const context = { signal: new AbortController().signal }

describe('datasets.open and datasets.summary', () => {
  it('tell what LanceDB tells', async () => {
    const table = await createRichHistory(folder, 'rich', { new_table_enable_stable_row_ids: 'true' })
    const stats = await table.stats()
    const indices = await table.listIndices()
    const opened = await createHandlers()['datasets.open']({ location: folder.location('rich') }, context)
    const schema = await table.schema()
    expect(opened).toMatchObject({
      name: 'rich',
      version: await table.version(),
      latestVersion: await table.version(),
      rows: await table.countRows(),
      fragments: stats.fragmentStats.numFragments,
      columns: 3,
      formatVersion: '2.2',
      writer: expect.stringMatching(/^lance \d+\.\d+/),
      indices: indices.map(({ name, columns }) => ({ name, columns, type: 'BTree' })),
      readOnly: false,
      stableRowIds: true,
    })
    expect(opened.schema.map((field) => field.name)).toEqual(schema.fields.map((field) => field.name))
    expect(opened.schema.map((field) => field.kind)).toEqual(['float', 'string', 'vector'])
    expect(opened.featureFlags.names).toContain('stable-row-ids')
    expect(opened).not.toHaveProperty('missingFiles')
  })

  it('tell an older version and a branch', async () => {
    await createRichHistory(folder, 'refs')
    const handlers = createHandlers()
    const { dataset, version } = await handlers['datasets.open']({ location: folder.location('refs') }, context)
    const first = await handlers['datasets.summary']({ dataset, ref: { tag: 'v1tag' } }, context)
    expect(first).toMatchObject({ version: 1, latestVersion: version, rows: 1000, deletedRows: 0, indices: [] })
    const branch = await handlers['datasets.summary']({ dataset, ref: { branch: 'exp/one' } }, context)
    expect(branch).toMatchObject({ version: 7, latestVersion: 7, branch: 'exp/one', rows: 1193 })
    await handlers['datasets.close']({ dataset }, context)
    await expect(handlers['datasets.summary']({ dataset }, context)).rejects.toMatchObject({ code: 'unknown-dataset' })
  })

  it('open a dataset with a missing data file and name the file', async () => {
    await folder.create('holey', makeRows(0, 3))
    const location = folder.location('holey')
    const [file] = await readdir(join(location, 'data'))
    await rm(join(location, 'data', String(file)))
    const opened = await createHandlers()['datasets.open']({ location }, context)
    expect(opened).toMatchObject({ rows: 3, missingFiles: [`data/${file}`] })
  })
})
