import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { createFragmentsHandlers } from './index.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

async function list(name: string, ref?: Ref): Promise<readonly FragmentEntry[]> {
  const datasets = createDatasetRegistry({ paths: { root: undefined } })
  const { handle } = await datasets.open(folder.location(name))
  const handlers = createFragmentsHandlers({ datasets } as unknown as EngineContext)
  return handlers['fragments.list']({ dataset: handle, ref }, { signal: new AbortController().signal })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('fragments.list', () => {
  it.each([
    ['default', undefined],
    ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }],
    ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }],
    ['legacy_files', { new_table_data_storage_version: 'legacy' }],
  ])('adds up to what LanceDB counts (%s)', async (name, options) => {
    const table = await createRichHistory(folder, name, options)
    const fragments = await list(name)
    const stats = await table.stats()
    expect(fragments).toHaveLength(stats.fragmentStats.numFragments)
    expect(sum(fragments.map((it) => it.liveRows))).toBe(await table.countRows())
    expect(sum(fragments.map((it) => it.physicalRows - it.deletedRows))).toBe(await table.countRows())
    for (const { files, bytes } of fragments) {
      expect(bytes).toBe(sum(files.map((it) => it.bytes ?? Number.NaN)))
      for (const file of files) {
        expect((await stat(join(folder.location(name), file.path))).size).toBe(file.bytes)
      }
    }
    const [index] = await table.listIndices()
    const coverage = await table.indexStats(index?.name ?? '')
    const covered = fragments.filter((it) => it.indices.includes('id_idx'))
    expect(sum(covered.map((it) => it.liveRows))).toBe(coverage?.numIndexedRows)
    expect(sum(fragments.map((it) => it.liveRows)) - sum(covered.map((it) => it.liveRows))).toBe(
      coverage?.numUnindexedRows,
    )
  })

  it('finds each fragment at its first live row', async () => {
    const table = await createRichHistory(folder, 'starts')
    const fragments = await list('starts')
    expect(fragments.map((it) => it.rowStart)).toEqual(
      fragments.map((_, index) => sum(fragments.slice(0, index).map((it) => it.liveRows))),
    )
    const rows = await table.query().withRowId().select(['id']).toArray()
    const fragmentOf = (rowId: unknown): number => Number(BigInt(String(rowId)) >> 32n)
    for (const { id, rowStart } of fragments) expect(fragmentOf(rows[rowStart]['_rowid'])).toBe(id)
  })

  it('names deletion files that exist', async () => {
    const table = await folder.create('deleted', makeRows(0, 20_000))
    await table.delete('id < 3')
    const [small] = await list('deleted')
    expect(small?.deletionFile).toMatchObject({ type: 'arrow', deletedRows: 3 })
    await table.delete('id < 9000')
    const [large] = await list('deleted')
    expect(large).toMatchObject({ physicalRows: 20_000, deletedRows: 9000, liveRows: 11_000 })
    expect(large?.deletionFile).toMatchObject({ type: 'bitmap', deletedRows: 9000 })
    const files = (await readdir(join(folder.location('deleted'), '_deletions'))).map((name) => `_deletions/${name}`)
    expect(files).toContain(small?.deletionFile?.path)
    expect(files).toContain(large?.deletionFile?.path)
  })

  it('names nested columns by path and dropped ones by id', async () => {
    const table = await folder.create('nested', [{ id: 1, place: { lat: 1.5, name: 'x' } }])
    await table.addColumns([{ name: 'extra', valueSql: 'id + 1' }])
    await table.dropColumns(['id'])
    const [fragment] = await list('nested')
    expect(fragment?.files.map((it) => it.columns)).toEqual([
      ['(dropped field 0)', 'place.lat', 'place.name'],
      ['extra'],
    ])
  })

  it('gives files of a branch, its own and those of its source', async () => {
    const table = await folder.create('branched', makeRows(0, 5))
    const branch = await (await table.branches()).create('dev/a')
    await branch.add(makeRows(5, 8))
    await branch.delete('id = 0')
    const [inherited, own] = await list('branched', { branch: 'dev/a' })
    const [main] = await list('branched')
    expect(inherited?.files[0]?.path).toBe(join(folder.location('branched'), main?.files[0]?.path ?? ''))
    expect(own?.files[0]?.path).toMatch(/^tree\/dev\/a\/data\/.+\.lance$/)
    expect(inherited?.deletionFile?.path).toMatch(/^tree\/dev\/a\/_deletions\/0-/)
    for (const path of [own?.files[0]?.path, inherited?.deletionFile?.path]) {
      expect((await stat(join(folder.location('branched'), path ?? ''))).isFile()).toBe(true)
    }
  })

  it('is empty for an empty dataset', async () => {
    const table = await folder.create('emptied', makeRows(0, 2))
    await table.delete('id >= 0')
    expect(await list('emptied')).toEqual([])
    expect(await list('emptied', { version: 1 })).toHaveLength(1)
    await expect(list('emptied', { version: 9 })).rejects.toMatchObject({ code: 'version-not-found' })
  })
})
