import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, Index, type Table } from '@lancedb/lancedb'

/** Options LanceDB passes to Lance when a table is made. */
type StorageOptions = Record<string, string>

/** A temporary folder with real datasets in it. Call `dispose` after the tests. */
export interface DatasetFolder {
  readonly path: string
  location(name: string): string
  create(name: string, rows: Record<string, unknown>[], storageOptions?: StorageOptions): Promise<Table>
  /** Makes a shallow clone: a dataset whose data files are those of another. */
  clone(name: string, source: string): Promise<Table>
  dispose(): Promise<void>
}

export async function createDatasetFolder(): Promise<DatasetFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tiltyard-datasets-'))
  const connection = await connect(path)
  return {
    path,
    location: (name) => join(path, `${name}.lance`),
    create: (name, rows, storageOptions) =>
      connection.createTable(name, rows, {
        mode: 'create',
        ...(storageOptions === undefined ? {} : { storageOptions }),
      }),
    clone: (name, source) => connection.cloneTable(name, join(path, `${source}.lance`)),
    dispose: async () => {
      connection.close()
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Rows `from` to `to` (exclusive) with an integer, a text and a 4-dimensional vector. */
export function makeRows(from: number, to: number): Record<string, unknown>[] {
  return Array.from({ length: to - from }, (_, index) => {
    const id = from + index
    return { id, text: `row ${id}`, vector: [id, id / 2, -id, 1] }
  })
}

/** One dataset with every common kind of commit in its history, and a tag and a branch. Returns the table at its newest. */
export async function createRichHistory(folder: DatasetFolder, name: string, options?: StorageOptions): Promise<Table> {
  const table = await folder.create(name, makeRows(0, 1000), options)
  await table.add(makeRows(1000, 1200))
  await table.delete('id < 10')
  await table.update({ where: 'id = 20', values: { text: 'changed' } })
  await table.createIndex('id', { config: Index.btree(), name: 'id_idx' })
  await table
    .mergeInsert('id')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute([...makeRows(30, 32), ...makeRows(2000, 2003)])
  await table.addColumns([{ name: 'double_id', valueSql: 'id * 2' }])
  await (await table.tags()).create('v1tag', 1)
  await (await table.branches()).create('exp/one')
  await table.alterColumns([{ path: 'text', rename: 'body' }])
  await table.dropColumns(['double_id'])
  await table.delete('id < 0')
  await table.optimize()
  await table.add(makeRows(3000, 3100).map(({ text, ...row }) => ({ ...row, body: text })))
  return table
}
