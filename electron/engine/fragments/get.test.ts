import { appendFile, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { Index } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FragmentDetails } from '#shared/model/fragment-details.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetFolder, makeRows, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { createFragmentsHandlers } from './index.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

async function get(name: string, id: number, ref?: Ref): Promise<FragmentDetails> {
  const datasets = createDatasetRegistry({ paths: { root: undefined } })
  const { handle } = await datasets.open(folder.location(name))
  const handlers = createFragmentsHandlers({ datasets } as unknown as EngineContext)
  return handlers['fragments.get']({ dataset: handle, ref, id }, { signal: new AbortController().signal })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

async function manifestSizes(name: string): Promise<readonly number[]> {
  const folderPath = join(folder.location(name), '_versions')
  const names = (await readdir(folderPath)).filter((it) => it.endsWith('.manifest'))
  return Promise.all(names.map(async (it) => (await stat(join(folderPath, it))).size))
}

describe('fragments.get', () => {
  it.each(['2.0', '2.1', '2.2', '2.3'])('accounts for every byte of a file of format %s', async (version) => {
    const name = `format_${version.replace('.', '_')}`
    await folder.create(name, makeRows(0, 3000), { new_table_data_storage_version: version })
    const { files, read, deadBytes } = await get(name, 0)
    const [file] = files
    expect(file?.problem).toBeUndefined()
    expect(file?.formatVersion).toBe(version)
    expect(file?.rows).toBe(3000)
    expect(file?.columns.map((it) => it.column)).toEqual(['id', 'text', 'vector'])
    const onDisk = (await stat(join(folder.location(name), file?.path ?? ''))).size
    expect(file?.bytes).toBe(onDisk)
    expect(sum(file?.columns.map((it) => it.bytes) ?? []) + (file?.overheadBytes ?? 0)).toBe(onDisk)
    expect(file?.overheadBytes).toBeGreaterThan(0)
    expect(file?.overheadBytes).toBeLessThan(onDisk / 4)
    for (const column of file?.columns ?? []) {
      expect(column.pages).toBeGreaterThan(0)
      expect(column.encodings.length).toBeGreaterThan(0)
      expect(column.encodings.join()).not.toContain('unknown')
    }
    expect(deadBytes).toBe(0)
    // The listing of versions, the manifest looked at and read; the data file looked at, its end, the folder of sidecars.
    const [manifest] = await manifestSizes(name)
    expect(read).toEqual({ requests: 6, bytes: 64 * 1024 + manifest! })
  })

  it('draws exactly the deleted rows, from both kinds of deletion file', async () => {
    const table = await folder.create('deletions', makeRows(0, 20_000))
    for (const [where, type] of [
      ['id % 7 = 3 and id < 20000', 'arrow'],
      ['id >= 4000 and id < 9000 or id % 100 = 0', 'bitmap'],
    ] as const) {
      await table.delete(where)
      const { deletions } = await get('deletions', 0)
      expect(deletions?.problem).toBeUndefined()
      expect(deletions?.type).toBe(type)
      const live = new Set((await table.query().select(['id']).toArray()).map((row) => Number(row['id'])))
      const isDeleted = (row: number): boolean => ((deletions!.bitmap![row >> 3]! >> (row & 7)) & 1) === 1
      expect(Array.from({ length: 20_000 }, (_, row) => row).filter(isDeleted)).toEqual(
        Array.from({ length: 20_000 }, (_, row) => row).filter((row) => !live.has(row)),
      )
      expect(deletions?.deletedRows).toBe(20_000 - live.size)
      expect(deletions?.fileBytes).toBe((await stat(join(folder.location('deletions'), deletions!.path))).size)
    }
  })

  it('names the versions that contain a fragment, through restores and on branches that share it', async () => {
    const table = await folder.create('contained', makeRows(0, 10))
    await table.add(makeRows(10, 20)) // 2: fragment 1
    await table.delete('id >= 10') // 3: dropped
    await table.checkout(2)
    await table.restore() // 4: back
    const branch = await (await table.branches()).create('dev')
    await branch.add(makeRows(30, 40)) // dev 5: its own fragment 2
    await table.checkoutLatest()
    await table.add(makeRows(40, 50)) // 5: main's fragment 2
    const shared = [
      { from: 2, to: 2 },
      { from: 4, to: 5 },
      { branch: 'dev', from: 4, to: 5 },
    ]
    expect((await get('contained', 1)).versions).toEqual(shared)
    expect((await get('contained', 1, { branch: 'dev' })).versions).toEqual([
      { branch: 'dev', from: 4, to: 5 },
      { from: 2, to: 2 },
      { from: 4, to: 5 },
    ])
    expect((await get('contained', 2)).versions).toEqual([{ from: 5, to: 5 }])
    expect((await get('contained', 2, { branch: 'dev' })).versions).toEqual([{ branch: 'dev', from: 5, to: 5 }])
  })

  it('reads the files of a branch and of a clone where they are', async () => {
    const table = await folder.create('source', makeRows(0, 100))
    await table.delete('id = 7')
    const branch = await (await table.branches()).create('dev')
    await branch.add(makeRows(100, 150))
    await folder.clone('cloned', 'source')
    for (const [name, ref] of [
      ['source', { branch: 'dev' }],
      ['cloned', undefined],
    ] as const) {
      const { files, deletions } = await get(name, 0, ref)
      expect(files[0]?.path).toMatch(/^\/.+\/source\.lance\/data\//)
      expect([files[0]?.problem, files[0]?.rows, deletions?.problem, deletions?.deletedRows]).toEqual([
        undefined,
        100,
        undefined,
        1,
      ])
    }
    const own = await get('source', 1, { branch: 'dev' })
    expect([own.files[0]?.rows, own.files[0]?.path.startsWith('tree/dev/data/')]).toEqual([50, true])
    await rename(folder.location('source'), folder.location('moved'))
    const { files, deletions } = await get('cloned', 0)
    expect([files[0]?.problem?.code, deletions?.problem?.code]).toEqual(['missing-file', 'missing-file'])
  })

  it('sums up stable row ids as they are after updates', async () => {
    const table = await folder.create('stable', makeRows(0, 1000), { new_table_enable_stable_row_ids: 'true' })
    await table.add(makeRows(1000, 1010))
    await table.update({ where: 'id % 50 = 0', values: { text: 'changed' } })
    await table.optimize()
    const datasets = createDatasetRegistry({ paths: { root: undefined } })
    const { handle } = await datasets.open(folder.location('stable'))
    const list = await createFragmentsHandlers({ datasets } as unknown as EngineContext)['fragments.list'](
      { dataset: handle },
      { signal: new AbortController().signal },
    )
    const ids = (await table.query().withRowId().select(['id']).toArray()).map((row) => BigInt(String(row['_rowid'])))
    let at = 0
    for (const { id, physicalRows, deletedRows, liveRows } of list) {
      const { rowIds } = await get('stable', id)
      expect(rowIds?.rows).toBe(physicalRows)
      expect(rowIds?.moreSegments).toBe(0)
      if (deletedRows === 0) {
        const own = ids.slice(at, at + liveRows)
        expect(rowIds?.segments[0]?.first).toBe(String(own[0]))
        expect(rowIds?.segments.at(-1)?.last).toBe(String(own.at(-1)))
      }
      at += liveRows
    }
    expect((await get('stable', list[0]!.id)).rowIds?.bytes).toBeGreaterThan(0)
    await folder.create('unstable', makeRows(0, 5))
    expect((await get('unstable', 0)).rowIds).toBeUndefined()
  })

  it('lists the index segments that cover a fragment', async () => {
    const table = await folder.create('indexed', makeRows(0, 100))
    await table.createIndex('id', { config: Index.btree(), name: 'by_id' })
    await table.add(makeRows(100, 200))
    const [covered, fresh] = [await get('indexed', 0), await get('indexed', 1)]
    expect(covered.indexSegments).toMatchObject([{ name: 'by_id', type: 'BTree', columns: ['id'] }])
    expect(fresh.indexSegments).toEqual([])
  })

  it('keeps what can be said when files are damaged or gone', async () => {
    const table = await folder.create('damaged', makeRows(0, 100))
    await table.delete('id < 3')
    const before = await get('damaged', 0)
    const data = join(folder.location('damaged'), before.files[0]!.path)
    const { bytes } = before.files[0]!
    await appendFile(data, 'more')
    expect((await get('damaged', 0)).files[0]).toMatchObject({ bytes: bytes! + 4, rows: 100 })
    await truncate(data, bytes! - 9)
    await rm(join(folder.location('damaged'), before.deletions!.path))
    const { files, deletions, fragment } = await get('damaged', 0)
    expect(fragment.liveRows).toBe(97)
    expect(files[0]).toMatchObject({
      bytes: bytes! - 9,
      columns: [],
      problem: { code: 'corrupt-data' },
    })
    expect(files[0]?.problem?.message).toMatch(/bytes, but the manifest says/)
    expect(deletions).toMatchObject({ deletedRows: 3, fileBytes: null, problem: { code: 'missing-file' } })
    expect(deletions?.bitmap).toBeUndefined()
    await expect(get('damaged', 9)).rejects.toMatchObject({ code: 'not-found' })
  })
})
