import { stat } from 'node:fs/promises'
import { join } from 'node:path'
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
    expect(read).toEqual({ requests: 2, bytes: 64 * 1024 })
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
})
